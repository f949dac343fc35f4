import type { Cursor, DiscoveryLine, Pods as PodsMessage } from '@everypod/contract';
import type { Discovery, Service } from '@everypod/fan-out';
import type { AnswerMessage } from '../ingress/trust.ts';
import type { Journal, Position } from '../journal/journal.ts';
import type { PodExchange } from './exchange.ts';
import { neverAskedReason } from './never-asked.ts';
import type { Pods } from './registry.ts';

type Options = {
  services: readonly Service[];
  discovery: Discovery;
  exchange: PodExchange;
  pods: Pods;
  journal: Journal;
};

const plainReason =
  'Its pods are plain: they are told of changes, and never say how far they are, so they stand in no list.';

/** `GET /v1/pods`: every pod seen, against the journal's head. */
export function createPodsRoute({ services, discovery, exchange, pods, journal }: Options): AnswerMessage {
  const pushed = services.filter(({ kind }) => kind !== 'plain').map(({ hostname }) => hostname);
  const plain = new Set(services.map(({ hostname }) => hostname).filter((name) => !pushed.includes(name)));

  function withPlainReason(line: DiscoveryLine): DiscoveryLine {
    if (!plain.has(line.service)) return line;
    return { ...line, reason: [plainReason, line.reason].filter((part) => part !== undefined).join(' ') };
  }

  return async ({ speaksSecond }) => {
    const [discovered] = await Promise.all([discovery.discover(), exchange.hear()]);
    pods.listed(discovered);
    const position = await journal.position();
    const neverAsked = pods
      .neverAsked()
      .map((ip) => ({ ip, name: pods.nameAt(ip) ?? ip, reason: neverAskedReason }));
    const message: PodsMessage = {
      epoch: position.epoch,
      head: position.head,
      discovery: discovered.lines.map(withPlainReason),
      pods: pods.all().map(({ pod, cursor, settled, builtAt, lastSeenAt, live, keeps, keyless }) => ({
        ...pod,
        cursor,
        settled,
        builtAt,
        behind: behind(cursor, position),
        lastSeen: new Date(lastSeenAt).toISOString(),
        live,
        ...(keeps && speaksSecond && { keeps }),
        ...(keyless && speaksSecond && { keyless }),
      })),
      ...(neverAsked.length > 0 && { neverAsked }),
    };
    return Response.json(message, { headers: { 'cache-control': 'no-store' } });
  };
}

/** Numbers that were left out are nothing that a pod could have missed. */
function behind(cursor: Cursor | null, { epoch, head, gaps }: Position): number | null {
  if (cursor?.epoch !== epoch) return null;
  const leftOut = gaps.filter(({ before }) => before >= cursor.seq);
  return Math.max(
    0,
    leftOut.reduce((sum, { before, after }) => sum - (after - before), head - cursor.seq),
  );
}
