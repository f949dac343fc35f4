import { type Event, eventSchema, limits as messageLimits, type Target, wholeSite } from '@everypod/contract';

/** One thing to invalidate, as the bridge takes it. `vanishes`: no pod gives an old copy of it to anyone; not to a bridge of 0.1.0. */
export type SentTarget =
  | { path: string; vanishes?: true }
  /** A route pattern of the app, such as `/blog/[slug]`. */
  | { path: string; scope: 'page' | 'layout'; vanishes?: true }
  | { tag: string; vanishes?: true }
  | { topic: string };

/** Every page of the site. Topics are named one by one, so none is part of it. */
export const everyPage: SentTarget = wholeSite;

export type SentEvent = {
  targets: readonly SentTarget[];
  /** Home address of the site that the change was made on. */
  site: string;
  /** What was done, in lower-case words with dots between them: `flags.changed`. */
  change: string;
  /** What it was done to. */
  subject: { kind: string; id: string; title?: string };
  /** Who did it; null for a program. */
  actor: { id: string; name?: string } | null;
  /** When, UTC. */
  timestamp: string;
};

/** The bytes to sign, or a sentence for each part that no bridge would take. */
export type WrittenEvent = { body: string } | { wrong: string };

export function writeEvent({ targets, timestamp, ...about }: SentEvent): WrittenEvent {
  const event: Event = {
    type: 'content.changed',
    timestamp,
    data: { ...about, targets: targets.map((target): Target => ({ ...target })) },
  };
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) {
    const wrong = parsed.error.issues
      .slice(0, 5)
      .map((issue) => `${placeOf(issue.path, targets)}: ${issue.message}.`);
    return { wrong: wrong.join(' ') };
  }
  const { plainEventBytes, plainEventTargets } = messageLimits;
  const body = JSON.stringify(parsed.data);
  if (Buffer.byteLength(body) > plainEventBytes) {
    return {
      wrong: `These ${targets.length} targets make an event of more than ${plainEventBytes} bytes. Send several, or everything.`,
    };
  }
  if (targets.length > plainEventTargets) {
    return { wrong: `An event has at most ${plainEventTargets} targets. Send several, or everything.` };
  }
  return { body };
}

/** A target by what it says, everything else by its name. */
function placeOf(path: readonly PropertyKey[], targets: readonly SentTarget[]): string {
  const [, name, index] = path;
  const target = name === 'targets' && typeof index === 'number' ? targets[index] : undefined;
  if (target === undefined) return String(name ?? path[0] ?? 'event');
  return Object.entries(target)
    .map(([kind, value]) => `${kind} ${JSON.stringify(value)}`)
    .join(' ');
}
