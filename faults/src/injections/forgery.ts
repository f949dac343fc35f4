import {
  getBody,
  newMessageId,
  newSecret,
  parseSecret,
  reportSchema,
  type Secret,
  sign,
} from '@everypod/contract';
import { limits } from '../limits.ts';
import { type Answered, call } from '../outbound.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import { eventBody } from '../workload/event-body.ts';
import { type Begun, type Injection, NotPossible, nothingToUndo, numbered } from './injection.ts';

/** Of no journal: a cursor in it was taken from a message that nobody signed. */
export const forgedEpoch = 'forged-epoch';

type Forgery = {
  kind: string;
  headers: (body: string | Uint8Array, system: System) => Record<string, string>;
  /** What becomes of the text before it is signed. */
  spoilt?: (text: string) => Uint8Array;
  number?: string;
};

const forgeries: Forgery[] = [
  { kind: 'that is not signed', headers: () => ({}) },
  { kind: 'signed with an unknown secret', headers: (body) => signed([parseSecret(newSecret())], body) },
  {
    kind: 'that is half an hour old',
    headers: (body, system) => signed(right(system), body, -limits.forgedOffMs),
  },
  {
    kind: 'that is half an hour ahead',
    headers: (body, system) => signed(right(system), body, limits.forgedOffMs),
  },
  { kind: 'changed after it was signed', headers: (body, system) => signed(right(system), `${body} `) },
  { kind: 'signed for another route', headers: (_, system) => signed(right(system), getBody('/v1/pods')) },
  {
    number: 'A7',
    kind: 'signed as it should be that is not UTF-8',
    headers: (body, system) => signed(right(system), body),
    spoilt: notUtf8,
  },
];

/** Each mark gets a byte behind it that stands in no text. */
function notUtf8(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(/forged-\d+/g, '$&\xff'), 'latin1');
}

const right = ({ secrets }: System) => [
  ...secrets.sender.current().map(parseSecret),
  ...secrets.pods.current().map(parseSecret),
];

function signed(by: readonly Secret[], body: string | Uint8Array, skewMs = 0): Record<string, string> {
  return { ...sign(by.slice(0, 4), newMessageId('forged'), Date.now() + skewMs, body) };
}

const post = (url: string, body: string | Uint8Array, headers: Record<string, string>) =>
  call({
    url,
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    deadlineMs: limits.deliveryDeadlineMs,
  });

/** Of a pod on which no fault is: what a fault answers says nothing of the pod. */
function podUrl({ network, kubelet, pods }: System, random: Random): string {
  const ready = new Set(kubelet.readyIps());
  const free = pods.free().filter(({ ip }) => ready.has(ip));
  if (free.length === 0) throw new NotPossible('No pod is ready and free of faults.');
  return `http://${random.pick(free).ip}:${network.podPort}/siteapi/revalidate`;
}

/** Sends a message that nobody may act on, marked so that its traces can be looked for. */
async function forge(system: System, random: Random, { kind, headers, spoilt }: Forgery): Promise<Begun> {
  const mark = `forged-${random.whole(1, 1e9)}`;
  const event = eventBody('post.updated', mark, [{ tag: mark }]);
  const push = JSON.stringify({ epoch: forgedEpoch, after: 0, upTo: 999_999, targets: [{ tag: mark }] });
  const catchUp = JSON.stringify({
    pod: { ip: system.network.podIp(0), name: mark, instance: mark },
    cursor: null,
    settled: null,
    builtAt: null,
  });
  const attempts: [string, string, string][] = [
    ['bridge', `${system.bridge.url}/v1/events`, event],
    ['bridge', `${system.bridge.url}/v1/catch-up`, catchUp],
    ['pod', podUrl(system, random), push],
  ];
  for (const [on, url, text] of attempts) {
    const body = spoilt ? spoilt(text) : text;
    const { status } = await post(url, body, headers(body, system));
    system.chronicle.note({ what: 'forged', kind, on, status, mark });
  }
  return { on: 'bridge and pod', undo: nothingToUndo };
}

/** The same event three times, then another under its id: one place in the journal, and one refusal. */
export async function repeatAnEvent(system: System, random: Random): Promise<Begun> {
  const id = newMessageId('event');
  const body = eventBody('post.updated', 'repeated', [{ tag: `repeated:${random.whole(1, 1e9)}` }]);
  const answers: Answered[] = [];
  for (let time = 0; time < 3; time += 1) answers.push(await system.client.deliver(id, body));
  const seqs = answers
    .filter(({ status }) => status === 200 || status === 202)
    .map(({ text }) => reportSchema.parse(JSON.parse(text)).seq);
  if (seqs.length < 2) throw new NotPossible('The bridge took no event just now.');
  const other = await system.client.deliver(
    id,
    eventBody('post.updated', 'other', [{ tag: 'repeated:other' }]),
  );
  if (other.status === 401) throw new NotPossible('Secrets or clocks were changed just now.');
  const ok = new Set(seqs).size === 1 && (other.status === 409 || other.status === 0 || other.status === 503);
  const detail = `The same event was journaled at ${seqs.join(', ')}; another under its id was answered ${other.status}.`;
  system.chronicle.note({ what: 'checked', name: 'repeated event', ok, detail });
  return { on: 'bridge', undo: nothingToUndo };
}

/** Pushes that were overheard come again, later and out of order. The pod applies them; its cursor must not go back. */
async function replayPushes(system: System, random: Random): Promise<Begun> {
  const host = random.pick(system.hosts.filter((one) => !one.frozen() && one.pid() !== 0));
  const overheard = await host.order({ do: 'overheard' });
  const url = podUrl(system, random);
  for (const raw of overheard.slice(0, 5).reverse()) {
    const push = parsePush(Buffer.from(raw, 'base64'));
    if (push) await post(url, push.body, push.headers);
  }
  return { on: 'pod', undo: nothingToUndo };
}

function parsePush(raw: Buffer): { headers: Record<string, string>; body: Buffer } | null {
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = raw.toString('latin1', 0, end);
  const headers = Object.fromEntries(
    [...head.matchAll(/^(webhook-[a-z]+): (.+)$/gim)].map(([, name = '', value = '']) => [
      name,
      value.trim(),
    ]),
  );
  const body = raw.subarray(end + 4);
  const whole = Number(/^content-length: (\d+)/im.exec(head)?.[1]) === body.length;
  return whole ? { headers, body } : null;
}

export const forgeryInjections: Injection[] = [
  ...forgeries.map((forgery) => ({
    name: numbered(forgery.number, `message ${forgery.kind}`),
    inject: (system: System, random: Random) => forge(system, random, forgery),
  })),
  { name: 'message: an event repeated', inject: repeatAnEvent },
  { name: 'message: old pushes again, and out of order', inject: replayPushes },
];
