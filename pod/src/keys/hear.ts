import { listen } from '../guard/channels.ts';
import { originOfNode, type RequestOfNode } from '../guard/origins.ts';
import { type Givers, type Heard, heardHeaders, heardLengths, type Said } from './givers.ts';
import { asking, keysHeader } from './key.ts';
import type { Reads } from './reads.ts';
import { giversOfBuild, readsOfRender, tagWorkUnit, workUnitNow } from './render.ts';

type OfUndici = {
  request: { origin?: unknown; method?: string; addHeader?: (name: string, value: string) => void };
  response?: { statusCode?: number; headers?: readonly unknown[] };
};
type OfNode = {
  request: RequestOfNode & { method?: string; setHeader?: (name: string, value: string) => void };
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
  const answered = (request: object, url: string, heard: Heard) => {
    const wanted = wantedBy.get(request);
    if (wanted === undefined) return;
    wantedBy.delete(request);
    const said = givers.said(url, heard);
    told(said);
    wanted.reads.note(said);
    tagWorkUnit(wanted.unit, said, givers);
  };
  /** A WordPress may say them only to who asks. By now whatever keeps answers has named this request, so the header parts no two of them. */
  const isToAsk = (method: string | undefined, url: string) =>
    method !== 'HEAD' && readsNow() !== null && givers.areAsked(url);
  listen({
    'undici:request:create'({ request }: OfUndici) {
      if (isToAsk(request.method, String(request.origin))) request.addHeader?.(keysHeader, asking);
      begun({ request });
    },
    // Node.js 20 has no such channel, and tells of a request when its head is under way already.
    'http.client.request.created'({ request }: OfNode) {
      if (!isToAsk(request.method, originOfNode(request))) return;
      try {
        request.setHeader?.(keysHeader, asking);
      } catch {
        // Its headers were given as a list, and are written.
      }
    },
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
      answered(request, String(request.origin), {});
    },
    'http.client.request.error'({ request }: OfNode) {
      answered(request, originOfNode(request), {});
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
function isAnswer(status = 0, heard: Heard): boolean {
  return heard[keysHeader] !== undefined || status < 300 || status >= 400;
}

/** Names and values in turn, as bytes or text. */
function headersIn(raw: readonly unknown[]): Heard {
  const found: Record<string, string[]> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    // Most are others', and need not be read for that.
    if (!heardLengths.has((raw[at] as { length?: number }).length ?? 0)) continue;
    const name = String(raw[at]).toLowerCase();
    if (heardHeaders.includes(name)) found[name] = [...(found[name] ?? []), String(raw[at + 1])];
  }
  return found;
}
