import { randomInt } from 'node:crypto';
import { targetKey, targetOfKey } from '@everypod/contract';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { aboutOf } from './about.ts';
import {
  type Appended,
  type Changes,
  type Journal,
  JournalUnavailable,
  type NewEvent,
  type Position,
} from './journal.ts';
import { newName } from './names.ts';
import {
  appendAnswer,
  type FoundPosition,
  foundEvent,
  idsAnswer,
  positionAnswer,
  targetsAnswer,
  textAnswer,
  vanishedAnswer,
  type WhyRenewed,
} from './valkey-answers.ts';
import type { ValkeyConnection } from './valkey-connection.ts';
import { keys } from './valkey-keys.ts';
import {
  appendEvent,
  keepReport,
  renewEpoch,
  targetsSince,
  tellPosition,
  vanishedPage,
} from './valkey-scripts.ts';
import type { CheckSettings } from './valkey-settings.ts';

type Options = {
  connection: ValkeyConnection;
  checkSettings: CheckSettings;
  vouched: boolean;
  /** This life of the bridge: it follows what it accepts. */
  name: string;
  log: Log;
  limits: Limits;
  now?: () => number;
};

/** The journal that several bridges share, in one Valkey or Redis from 6.2 on. Closing leaves the connection open. */
export function createValkeyJournal({
  connection,
  checkSettings,
  vouched,
  name,
  log,
  limits,
  now = Date.now,
}: Options): Journal {
  /** The furthest position that this bridge was told: finding less proves that Valkey has gone back. */
  let seen = { epoch: '', generation: 0, head: 0 };

  const places = [keys.position, keys.targets, keys.changed];
  const jump = () => randomInt(limits.gapLeast, limits.gapMost + 1);
  const knowing = () => [
    ...[seen.epoch, seen.generation, seen.head],
    ...[newName(), now(), vouched ? '1' : '0', jump()],
  ];

  function took({ position, generation, why }: FoundPosition): Position {
    const { epoch, head } = position;
    const further = generation > seen.generation || (generation === seen.generation && head > seen.head);
    if (further) seen = { epoch, generation, head };
    if (why !== '') tellRenewed(why, position);
    return position;
  }

  function tellRenewed(why: WhyRenewed, { epoch, head }: Position) {
    const about = { valkey: connection.where, epoch, head };
    if (why === 'new') {
      log.warn(about, 'There is no journal in Valkey yet: a new epoch begins');
      return;
    }
    log.error({ ...about, why, aside: `${keys.targets}:aside` }, reasons[why]);
  }

  async function append({ about, ...event }: NewEvent): Promise<Appended> {
    const unfit = await checkSettings();
    if (unfit !== null) return { kind: 'unavailable', reason: unfit };
    const targetKeys = [...new Set(event.targets.map(targetKey))];
    const answer = await connection.run(
      appendEvent,
      [...places, keys.events, keys.unfinished, keys.event(event.id), keys.about(event.id)],
      [
        ...knowing(),
        name,
        ...[event.id, event.bodyHash, event.change, event.acceptedAt, JSON.stringify(targetKeys)],
        ...[limits.eventsKept, limits.eventsKeptMs, limits.journalTargets],
        ...[about ? JSON.stringify(about) : '', limits.eventBudgetMs + limits.followerLeaseMs],
        ...targetKeys,
      ],
    );
    const [found, kind, told] = appendAnswer.parse(answer);
    took(found);
    if (kind === 'accepted') return { kind, event: { ...event, seq: told, report: null } };
    return kind === 'duplicate' ? { kind, event: told } : { kind };
  }

  async function position() {
    const [found] = positionAnswer.parse(await connection.run(tellPosition, places, knowing()));
    return took(found);
  }

  /** A target that moves from one page to the end while they are read is found there. */
  async function vanishedSince(from: { seq: number } | { time: number }, most: number): Promise<Changes> {
    const seqOf = new Map<string, number>();
    const since = 'time' in from ? from.time : 0;
    let after: string | number = 'seq' in from ? from.seq : 0;
    for (let epoch: string | null = null; ; ) {
      const page = [...knowing(), after, since, limits.vanishingPage];
      const answer = await connection.run(vanishedPage, places, page);
      const { found, last, keys: members, seqs } = vanishedAnswer.parse(answer);
      for (const [nth, key] of members.entries()) {
        seqOf.delete(key);
        seqOf.set(key, seqs[nth] ?? 0);
      }
      const at = took(found);
      const isAnother = epoch !== null && epoch !== at.epoch;
      if (isAnother || seqOf.size > most) return { position: at, targets: null, seqs: [] };
      if (last === '')
        return { position: at, targets: [...seqOf.keys()].map(targetOfKey), seqs: [...seqOf.values()] };
      epoch = at.epoch;
      after = last;
    }
  }

  async function eventById(id: string) {
    return foundEvent.parse(await connection.command('HGETALL', keys.event(id)));
  }

  return {
    async append(event) {
      try {
        return await append(event);
      } catch (error) {
        if (error instanceof JournalUnavailable) return { kind: 'unavailable', reason: error.message };
        throw error;
      }
    },
    position,
    async changedSince(from, most) {
      const point = 'seq' in from ? ['seq', from.seq] : ['time', from.time];
      const answer = await connection.run(targetsSince, places, [...knowing(), ...point, most]);
      const { found, count, targets, seqs } = targetsAnswer.parse(answer);
      return { position: took(found), targets: count > most ? null : targets, seqs };
    },
    vanishedSince,
    event: eventById,
    async about(id) {
      const text = textAnswer.parse(await connection.command('GET', keys.about(id)));
      return text === null ? null : aboutOf(text);
    },
    async keepReport(report) {
      await connection.run(
        keepReport,
        [keys.event(report.id), keys.unfinished, keys.about(report.id)],
        [name, report.id, JSON.stringify(report), report.final ? '1' : '0'],
      );
    },
    async unfinished(acceptedSince) {
      const ids = await connection.command('ZRANGEBYSCORE', keys.unfinished, acceptedSince, '+inf');
      const events = await Promise.all(idsAnswer.parse(ids).map(eventById));
      return events.filter((event) => event !== null).toSorted((a, b) => a.seq - b.seq);
    },
    async startNewEpoch(insteadOf) {
      const answer = await connection.run(renewEpoch, places, [...knowing(), insteadOf, limits.leaseMs]);
      const [found] = positionAnswer.parse(answer);
      return took(found);
    },
    async trouble() {
      const unfit = await checkSettings();
      if (unfit === null) await position();
      return unfit;
    },
    async close() {},
  };
}

const reasons: Record<Exclude<WhyRenewed, 'new'>, string> = {
  lost: 'The journal in Valkey is gone: a new epoch begins',
  torn: 'The journal in Valkey is incomplete and was set aside: a new epoch begins',
  'out of reach':
    'The journal in Valkey has a head that no journal can reach, taken over from a pod by an older version: a new epoch begins',
  'another replication id':
    'Valkey was started again or failed over, and may have lost what it had confirmed: a new epoch begins',
  'gone back': 'The journal in Valkey has gone back, as this bridge knows: a new epoch begins',
  'a pod proves it': 'The journal in Valkey has gone back, as a pod proves: a new epoch begins',
};
