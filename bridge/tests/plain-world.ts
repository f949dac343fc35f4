import { pino } from 'pino';
import { type PlainPod, startPlainPod } from '../../fan-out/tests/plain-pod.ts';
import { afterThisTest, startWorld, type World } from './harness.ts';

export const plainSecret = 'hush-hush & not whsec/é';
export const plainName = 'plain-headless.myapp.svc.cluster.local';

export type PlainWorld = World & {
  plainUrl: string;
  /** Starts a plain pod at 127.0.0.`last` and lists it in DNS under the plain service's name. */
  addPlainPod(last: number): Promise<PlainPod>;
  listPlain(ips: readonly string[]): void;
};

/** A world whose bridge drives plain pods, alone or beside others. */
export async function startPlainWorld(
  { beside = false } = {},
  environment: Record<string, string> = {},
): Promise<PlainWorld> {
  const world = await startWorld({ EVERYPOD_PLAIN_SECRET: plainSecret, ...environment });
  const plainUrl = `plain+http://${plainName}:${world.port}/siteapi/revalidate`;
  world.environment.EVERYPOD_PODS = beside ? `${world.environment.EVERYPOD_PODS},${plainUrl}` : plainUrl;
  let ips: string[] = [];
  const listPlain = (next: readonly string[]) => {
    ips = [...next];
    world.dns.set(plainName, ips);
  };
  return Object.assign(world, {
    plainUrl,
    listPlain,
    async addPlainPod(last: number) {
      const pod = await startPlainPod({ secret: plainSecret, ip: `127.0.0.${last}`, port: world.port });
      afterThisTest(() => pod.close());
      listPlain([...ips, pod.ip]);
      return pod;
    },
  });
}

/** A bridge's log, down to its finest lines. */
export function readLog() {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  return {
    log,
    text: () => lines.join(''),
    said: (start: string) =>
      lines
        .map((line): Record<string, unknown> => JSON.parse(line))
        .filter(({ msg }) => typeof msg === 'string' && msg.startsWith(start)),
  };
}
