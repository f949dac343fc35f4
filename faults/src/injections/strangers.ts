import type { Bridge } from '../bridges/bridge.ts';
import { askHealth } from '../bridges/health.ts';
import { readyPath } from '../kubelet/kubelet.ts';
import { limits } from '../limits.ts';
import { call, pipeline } from '../outbound.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import { whileTaken } from './bridge.ts';
import { type Injection, NotPossible, nothingToUndo } from './injection.ts';

/** Under this name what strangers have done is checked on the spot. */
export const strangers = 'strangers';

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'] as const;

/** Ways to write an address that no route of the bridge has. */
const spellings: ((mark: string) => string)[] = [
  (mark) => `/v1/event%73/${mark}`,
  (mark) => `/%76%31/events/${mark}`,
  (mark) => `/v1/events/${mark}/%2e%2e/%2e%2e/metrics`,
  (mark) => `/v1/events/../../metrics?${mark}`,
  (mark) => `/%6detrics?${mark}`,
  (mark) => `//metrics/${mark}`,
  (mark) => `/v1/events/${mark}`,
  (mark) => `/v1/events/${mark}%00%ff`,
  (mark) => `/${mark}`,
];

function oddRequests(random: Random, mark: string): string {
  return Array.from({ length: limits.strangersRequests }, () => {
    const path = random.pick(spellings)(`${mark}-${'x'.repeat(random.whole(0, limits.strangersPathBytes))}`);
    return `${random.pick(methods)} ${path} HTTP/1.1\r\nhost: ${mark}\r\ncontent-length: 0\r\n\r\n`;
  }).join('');
}

/** The head of an event whose signature could hold, and the beginning of its body. */
function halfAnUpload(mark: string): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const signature = Buffer.alloc(32, 1).toString('base64');
  return [
    'POST /v1/events HTTP/1.1',
    `host: ${mark}`,
    'content-length: 15000',
    `webhook-id: event_${'0'.repeat(32)}`,
    `webhook-timestamp: ${seconds}`,
    `webhook-signature: v1,${signature}`,
    '',
    '{"type":',
  ].join('\r\n');
}

/** Strangers are answered no to everything, and neither hold up anybody nor leave anything behind. */
async function visit(system: System, random: Random, bridge: Bridge) {
  const mark = `forged-${random.whole(1, 1e9)}`;
  const { ip, port } = bridge.settings;
  const deadlineMs = limits.patientDeliveryDeadlineMs;
  const all = Array.from({ length: limits.strangersConnections }, () => [
    pipeline({ ip, port, text: oddRequests(random, mark), deadlineMs }),
    pipeline({ ip, port, text: halfAnUpload(mark), hangUp: true, deadlineMs }),
  ]).flat();
  const health = await askHealth(bridge);
  const answered = (await Promise.all(all)).join('');
  const statuses = new Set([...answered.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)));
  for (const status of statuses)
    system.chronicle.note({
      what: 'forged',
      kind: 'of strangers, oddly spelled',
      on: 'bridge',
      status,
      mark,
    });
  check(system, health.ok, `While strangers asked, ${health.said}.`);
  const metrics = await call({ url: `${bridge.url}/metrics`, deadlineMs });
  check(
    system,
    metrics.status === 200 && !metrics.text.includes(mark),
    `The metrics, asked for with status ${metrics.status}, tell of an address that a stranger made up.`,
  );
}

function check({ chronicle }: System, ok: boolean, detail: string) {
  chronicle.note({ what: 'checked', name: strangers, ok, detail });
}

/** Asks a pod's public route again and again; its kubelet goes on probing it meanwhile, and is answered in time. */
async function hammer(system: System, url: string, isOver: () => boolean) {
  for (let count = 0; count < limits.visitorsQuestions && !isOver(); count += 1) {
    const answers = await Promise.all(
      Array.from({ length: limits.visitorsAtOnce }, () =>
        call({ url: url + readyPath, deadlineMs: limits.probeDeadlineMs }),
      ),
    );
    const told = answers.find(({ text }) => /instance|cursor|"ip"/.test(text));
    if (told) check(system, false, `A visitor was told how a pod stands: ${told.text.slice(0, 200)}`);
  }
  check(system, true, 'A visitor was told ready or not, and no more.');
}

export const strangerInjections: Injection[] = [
  {
    name: 'A1 A4 bridge: strangers ask oddly, many times on a connection, and hang up on uploads',
    exclusive: true,
    inject: whileTaken(async (system, random) => {
      const bridge = random.pick(system.bridges);
      await visit(system, random, bridge);
      return { on: bridge.name, undo: nothingToUndo };
    }),
  },
  {
    // A model adds to its answer what the checker reads, so what a visitor is told only a real one can show.
    name: 'A3 Next.js: a visitor asks for its readiness without end',
    async inject(system, random) {
      const free = system.nextPods.filter((pod) => pod.instance() !== '' && !pod.frozen());
      if (free.length === 0) throw new NotPossible('No Next.js pod runs free of faults.');
      const pod = random.pick(free);
      let over = false;
      const hammering = hammer(system, pod.url, () => over);
      return {
        on: `the visitor of ${pod.name}`,
        async undo() {
          over = true;
          await hammering;
        },
      };
    },
  },
];
