import { type Target, targetSchema } from '@everypod/contract';

/** What the well-known call asks for. */
export type Question = {
  target: Target;
  /** How the target was named, for the log. */
  named: { name: 'slug' | 'path' | 'tag'; value: string };
  /** It comes from another pod, so nobody else is called. */
  fanout: boolean;
  /** Whether to answer only when the other pods have answered. */
  waits: boolean;
};

/** Values by name; null for one that is not the percent-encoding of UTF-8. */
export type Parameters = ReadonlyMap<string, readonly (string | null)[]>;

/** Of the query as it came, since decoding hides what was written in a form that nobody needs. */
export function parametersOf(search: string): Parameters {
  const parameters = new Map<string, (string | null)[]>();
  for (const part of search.replace(/^\?/, '').split('&')) {
    if (part === '') continue;
    const [name = '', ...value] = part.split('=');
    const written = value.join('=');
    const decoded = needless.test(written) ? null : decode(written);
    const key = decode(name) ?? name;
    parameters.set(key, [...(parameters.get(key) ?? []), decoded]);
  }
  return parameters;
}

export function readQuestion(parameters: Parameters): Question | { wrong: string } {
  for (const [name, values] of parameters) {
    if (values.length > 1) return { wrong: `Give ${shown(name)} once.` };
  }
  const given = (['slug', 'path', 'tag'] as const).filter((name) => parameters.get(name)?.[0] !== '');
  const names = given.filter((name) => parameters.has(name));
  const [name, another] = names;
  if (name === undefined) return { wrong: 'Name what to invalidate by slug, path or tag.' };
  if (another !== undefined) return { wrong: `Give either ${name} or ${another}.` };
  const value = parameters.get(name)?.[0] ?? null;
  if (value === null || strange.test(value)) {
    return {
      wrong: `The ${name} has something in it that no ${name} of a page has: .. // ? # \\ or the like.`,
    };
  }
  const target = targetSchema.safeParse(
    name === 'tag' ? { tag: value } : { path: name === 'slug' ? `/${value}` : value },
  );
  if (!target.success || (name === 'slug' && value.startsWith('/'))) {
    return { wrong: wrongForms[name] };
  }
  return {
    target: target.data,
    named: { name, value },
    fanout: parameters.has('fanout'),
    waits: parameters.get('wait')?.[0] !== '0',
  };
}

const wrongForms = {
  slug: 'A slug is a path without its first slash, of fewer than 1,024 characters.',
  path: 'A path starts with / and has at most 1,024 characters.',
  tag: 'A tag has at most 256 characters.',
};

/** A dot and NUL need no escape, or have none that means anything. */
const needless = /%(?:2e|00)/i;
/** Nothing of these is in the path of a page, and each of them can make another path of it on the way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const strange = /\.\.|\/\/|[?#\\\u0000-\u001f\u007f]|%(?:2e|00)/i;

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function shown(name: string): string {
  return /^[a-z]{1,20}$/i.test(name) ? name : 'each parameter';
}
