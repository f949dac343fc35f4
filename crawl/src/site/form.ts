/** Names with values; a list where a name stands twice. */
export type Fields = Record<string, string | number> | [string, string][];

/** What a browser would send of a form of wp-admin, were its button pressed. */
export function formOf(html: string, form: string): { action: string; filled: [string, string][] } {
  const tags = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
  const found = tags.find(([, tag = '']) => [attribute(tag, 'id'), attribute(tag, 'action')].includes(form));
  if (found === undefined) throw new Error(`There is no form ${form} on this page.`);
  const [, tag = '', inside = ''] = found;
  const filled: [string, string][] = [];
  for (const [, input = ''] of inside.matchAll(/<input\b([^>]*)>/g)) {
    const type = attribute(input, 'type') ?? 'text';
    const name = attribute(input, 'name');
    const isOff = ['checkbox', 'radio'].includes(type) && !/\bchecked\b/.test(input);
    if (name && !isOff && !['submit', 'button', 'image', 'file'].includes(type)) {
      filled.push([name, attribute(input, 'value') ?? (type === 'checkbox' ? 'on' : '')]);
    }
  }
  for (const [, area = '', text = ''] of inside.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(area, 'name');
    if (name) filled.push([name, unescaped(text)]);
  }
  for (const [, select = '', options = ''] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attribute(select, 'name');
    const all = [...options.matchAll(/<option\b([^>]*)>([^<]*)/g)];
    const chosen = all.find(([, option = '']) => /\bselected\b/.test(option)) ?? all[0];
    if (name && chosen) filled.push([name, attribute(chosen[1] ?? '', 'value') ?? chosen[2] ?? '']);
  }
  return { action: unescaped(attribute(tag, 'action') ?? ''), filled };
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : unescaped(value);
}

const unescaped = (text: string) =>
  text
    .replace(/&#0*38;|&amp;/g, '&')
    .replace(/&#0*39;/g, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
