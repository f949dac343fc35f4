import { createAnswerTrust, parseSecrets, type ServedPage, type ServedPages } from '@everypod/contract';
import { askPages, type PodAddress } from '@everypod/fan-out';
import type { Config } from '../config/config.ts';
import { discoveryOf } from '../config/discovery.ts';
import { limits } from '../limits.ts';
import { createLog } from '../log.ts';
import { createSecretSource } from '../secrets/secret-source.ts';
import { ageOf, table } from './table.ts';

type Surroundings = { say: (text: string) => void; now?: () => number };

/** `everypod-bridge pages`: what each pod serves, by path. @returns false where a pod did not tell */
export async function pages(config: Config, { say, now = Date.now }: Surroundings): Promise<boolean> {
  const secrets = createSecretSource(config.podSecret, {
    parse: parseSecrets,
    log: createLog('silent'),
    checkMs: limits.secretCheckMs,
    now,
  });
  const answers = createAnswerTrust();
  const { addresses, lines } = await discoveryOf(config).discover();
  for (const { reason } of lines) if (reason) say(`${reason}\n`);
  const told = await Promise.all(
    addresses
      .filter(({ service }) => service.kind === 'everypod')
      .map(async (address) => ({ address, served: await allOf(address) })),
  );
  for (const { address, served } of told) say(inWords(address, served, now()));
  return told.length > 0 && told.every(({ served }) => served !== null);

  /** All that a pod knows, a few hundred at a time. */
  async function allOf(address: PodAddress): Promise<ServedPages | null> {
    const ask = (from: number) => askPages({ address, from, secrets: secrets.current(), answers, now });
    const first = await ask(0);
    if (first === null) return null;
    const all: ServedPage[] = [...first.pages];
    for (let last = first; all.length < first.of && last.pages.length > 0; ) {
      const next = await ask(all.length);
      if (next === null) break;
      all.push(...next.pages);
      last = next;
    }
    return { ...first, pages: all };
  }
}

function inWords({ ip }: PodAddress, served: ServedPages | null, nowMs: number): string {
  if (served === null) {
    return `${ip} did not tell what it serves: it is of an older version, or EVERYPOD_POD_SECRET is another there.\n`;
  }
  const { pod, pages: all } = served;
  const count = `${pod.name} (${ip}) knows ${all.length} ${all.length === 1 ? 'page' : 'pages'}.\n`;
  if (all.length === 0) return count;
  const rows = all.map(({ path, servedBy, tags, storedAt, asked }) => [
    String(asked),
    storedAt === null ? '' : ageOf(nowMs - Date.parse(storedAt)),
    servedBy === undefined ? path : `${path} (served by ${servedBy})`,
    tags.join(' '),
  ]);
  return count + table([['asked', 'age', 'path', 'tags'], ...rows]);
}
