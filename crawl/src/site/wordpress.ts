import { signIn } from '../../../e2e/wordpress/sign-in.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { System } from '../system/start.ts';
import { type Fields, formOf } from './form.ts';
import type { RunProgram } from './programs.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** WordPress as those who change something in it use it. */
export type WordPress = {
  /** The id of something that the site was filled with, such as `post storm`. */
  id(name: string): number;
  /** By REST, as the block editor does. */
  rest<Told = { id: number }>(method: Method, route: string, data?: object): Promise<Told>;
  /** A form of wp-admin, opened, filled in and sent. @param form its id, or where it leads */
  submit(page: string, form: string, fields: Fields): Promise<void>;
  /** A page of wp-admin, as it is. */
  open(page: string): Promise<string>;
  /** admin-ajax.php, which a page of wp-admin calls by script. */
  ajax(fields: Fields): Promise<string>;
  /** Somebody who is not signed in. */
  visit(path: string, fields?: Fields): Promise<void>;
  /** A program on the server, as WP-CLI and importers are. */
  run: RunProgram;
  /** A file, as a picture that is dragged into the library. */
  upload(name: string): Promise<{ id: number }>;
};

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export async function openWordPress({ wordpress, named, run }: System): Promise<WordPress> {
  const { cookie, nonce } = await signIn(wordpress, limits.callMs);

  const ask = async (path: string, init: RequestInit): Promise<string> => {
    const { status, text } = await call(`${wordpress.url}${path}`, { ...init, timeoutMs: limits.callMs });
    if (status >= 400) throw new Error(`WordPress answered ${status} to ${path}: ${text}`);
    return text;
  };
  const post = (path: string, fields: Fields) =>
    ask(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(pairs(fields)) });
  const open = (page: string) => ask(`/wp-admin/${page}`, { headers: { cookie } });

  return {
    id: (name) => {
      const id = named[name];
      if (id === undefined) throw new Error(`The site was filled with no ${name}.`);
      return id;
    },
    rest: async <Told>(method: Method, route: string, data?: object) => {
      const text = await ask(`/wp-json${route}`, {
        method,
        headers: { cookie, 'x-wp-nonce': nonce, 'content-type': 'application/json' },
        ...(data !== undefined && { body: JSON.stringify(data) }),
      });
      return JSON.parse(text) as Told;
    },
    open,
    submit: async (page, form, fields) => {
      const { action, filled } = formOf(await open(page), form);
      const target = action === '' ? page : action.replace(/^.*\/wp-admin\//, '');
      await post(`/wp-admin/${target}`, [...without(filled, fields), ...pairs(fields)]);
    },
    ajax: (fields) => post('/wp-admin/admin-ajax.php', fields),
    visit: async (path, fields) => {
      await ask(path, {
        ...(fields !== undefined && { method: 'POST', body: new URLSearchParams(pairs(fields)) }),
      });
    },
    run,
    upload: async (name) => {
      const text = await ask('/wp-json/wp/v2/media', {
        method: 'POST',
        headers: {
          cookie,
          'x-wp-nonce': nonce,
          'content-type': 'image/png',
          'content-disposition': `attachment; filename="${name}.png"`,
        },
        body: Buffer.from(onePixel, 'base64'),
      });
      return JSON.parse(text) as { id: number };
    },
  };
}

const pairs = (fields: Fields): [string, string][] =>
  Array.isArray(fields) ? fields : Object.entries(fields).map(([name, value]) => [name, String(value)]);

/** What is filled in anew replaces what the form came with. */
function without(filled: [string, string][], fields: Fields): [string, string][] {
  const named = new Set(pairs(fields).map(([name]) => name));
  return filled.filter(([name]) => !named.has(name));
}
