import { builtin } from '../guard/requests.ts';
import { keysHeader } from './key.ts';
import type { Reads } from './reads.ts';
import { readsOfRender, tagWorkUnit, workUnitNow } from './render.ts';

type OfUndici = { request: object; response?: { headers?: readonly unknown[] } };
type OfNode = {
  request: object;
  response?: { headers?: Record<string, string | string[] | undefined> };
};
type Wanted = { reads: Reads | null; unit: ReturnType<typeof workUnitNow> };

/**
 * Hears what every answer says that this process gets, whichever client has asked: all of them pass through `fetch`'s undici or
 * `node:http`. The request is begun where it is wanted, and answered anywhere.
 */
export function hearKeys(readsNow: () => Reads | null): void {
  const channels = builtin('node:diagnostics_channel') as
    | typeof import('node:diagnostics_channel')
    | undefined;
  if (channels === undefined) return;
  const wantedBy = new WeakMap<object, Wanted>();
  const begun = (message: unknown) => {
    const wanted = { reads: readsNow(), unit: workUnitNow() };
    if (wanted.reads !== null) wantedBy.set((message as { request: object }).request, wanted);
  };
  const answered = (request: object, header: string | null) => {
    const wanted = wantedBy.get(request);
    wanted?.reads?.note(header);
    tagWorkUnit(wanted?.unit ?? null, header);
  };
  channels.subscribe('undici:request:create', begun);
  channels.subscribe('http.client.request.start', begun);
  channels.subscribe('undici:request:headers', (message) => {
    const { request, response } = message as OfUndici;
    answered(request, headerIn(response?.headers ?? []));
  });
  channels.subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as OfNode;
    const header = response?.headers?.[keysHeader];
    answered(request, typeof header === 'string' ? header : null);
  });
}

const heard = Symbol.for('everypod.keys');
type Global = { [heard]?: true };

/** The same in `next build`, whose processes evaluate a cache handler's file as often as they like. */
export function hearKeysOfBuild(): void {
  const here = globalThis as Global;
  if (here[heard]) return;
  here[heard] = true;
  hearKeys(readsOfRender);
}

/** Names and values in turn, as bytes. Of several of one name it is not known which is WordPress's own. */
function headerIn(raw: readonly unknown[]): string | null {
  const found: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    if (String(raw[at]).toLowerCase() === keysHeader) found.push(String(raw[at + 1]));
  }
  const [only = null] = found;
  return found.length === 1 ? only : null;
}
