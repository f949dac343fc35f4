import { listen } from '../guard/channels.ts';
import { originOfNode, type RequestOfNode } from '../guard/origins.ts';
import type { Givers, Said } from './givers.ts';
import { keysHeader } from './key.ts';
import type { Reads } from './reads.ts';
import { giversOfBuild, readsOfRender, tagWorkUnit, workUnitNow } from './render.ts';

type OfUndici = {
  request: { origin?: unknown; method?: string };
  response?: { statusCode?: number; headers?: readonly unknown[] };
};
type OfNode = {
  request: RequestOfNode & { method?: string };
  response?: { statusCode?: number; rawHeaders?: readonly string[] };
};
type Wanted = { reads: Reads; unit: ReturnType<typeof workUnitNow> };

/** What hears, and is told of each answer. */
type Hearing = { readsNow: () => Reads | null; givers: Givers; told?: (said: Said) => void };

/**
 * Hears what every answer says that this process gets, whichever client has asked: all of them pass through `fetch`'s undici or
 * `node:http`. The request is begun where it is wanted, and answered anywhere.
 */
export function hearKeys({ readsNow, givers, told = () => {} }: Hearing): void {
  const wantedBy = new WeakMap<object, Wanted>();
  const begun = ({ request }: { request: { method?: string } }) => {
    const reads = readsNow();
    // Of an answer to HEAD nothing is made.
    if (reads !== null && request.method !== 'HEAD') wantedBy.set(request, { reads, unit: workUnitNow() });
  };
  const answered = (request: object, url: string, headers: readonly string[]) => {
    const wanted = wantedBy.get(request);
    if (wanted === undefined) return;
    wantedBy.delete(request);
    const said = givers.said(url, headers);
    told(said);
    wanted.reads.note(said);
    tagWorkUnit(wanted.unit, said, givers);
  };
  listen({
    'undici:request:create': begun,
    'http.client.request.start': begun,
    'undici:request:headers'({ request, response }: OfUndici) {
      const headers = headersIn(response?.headers ?? []);
      if (isAnswer(response?.statusCode, headers)) answered(request, String(request.origin), headers);
    },
    'http.client.response.finish'({ request, response }: OfNode) {
      const headers = headersIn(response?.rawHeaders ?? []);
      if (isAnswer(response?.statusCode, headers)) answered(request, originOfNode(request), headers);
    },
    // What is made without an answer is made from less than there is.
    'undici:request:error'({ request }: OfUndici) {
      answered(request, String(request.origin), []);
    },
    'http.client.request.error'({ request }: OfNode) {
      answered(request, originOfNode(request), []);
    },
  });
}

const heard = Symbol.for('everypod.keys');
type Global = { [heard]?: true };

/** The same in `next build`, whose processes evaluate a cache handler's file as often as they like. */
export function hearKeysOfBuild(): void {
  const here = globalThis as Global;
  if (here[heard]) return;
  here[heard] = true;
  hearKeys({ readsNow: readsOfRender, givers: giversOfBuild() });
}

/** What leads elsewhere is no answer: that comes from there. */
function isAnswer(status = 0, headers: readonly string[]): boolean {
  return headers.length > 0 || status < 300 || status >= 400;
}

/** Names and values in turn, as bytes or text. */
function headersIn(raw: readonly unknown[]): string[] {
  const found: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    if (String(raw[at]).toLowerCase() === keysHeader) found.push(String(raw[at + 1]));
  }
  return found;
}
