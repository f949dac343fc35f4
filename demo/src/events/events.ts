import { eventStateSchema } from '@everypod/contract';
import { z } from 'zod';
import { duration } from '../duration.ts';

const eventSchema = z.object({
  msg: z.literal('event'),
  id: z.string(),
  change: z.string(),
  state: eventStateSchema,
  final: z.boolean(),
  counts: z.record(z.string(), z.number()),
  ms: z.number(),
  reason: z.string().optional(),
});

const caughtUpSchema = z.object({
  msg: z.enum(['a pod catches up', 'a pod starts over']),
  pod: z.string(),
  targets: z.number().optional(),
});

const troubleSchema = z.object({ level: z.number().min(40), msg: z.string(), reason: z.string().optional() });

/** In the order in which a person wants to read them. */
const podStates = [
  'applied',
  'told',
  'behind',
  'refused',
  'failed',
  'unreachable',
  'starting',
  'gone',
  'asked',
];

/**
 * The line to print for a line of the bridge's log: two for each event, when it is applied and when it is final, one
 * for each pod that catches up, and one for each warning.
 * @returns null for what is of no interest here
 */
export function eventLine(logLine: string): string | null {
  const line = parse(logLine);
  const event = eventSchema.safeParse(line);
  if (event.success) return sentence(event.data);
  const caughtUp = caughtUpSchema.safeParse(line);
  if (caughtUp.success) {
    const { pod, targets, msg } = caughtUp.data;
    if (msg === 'a pod starts over')
      return `${pod} invalidates everything, because what it missed is not known`;
    return `${pod} catches up with ${counted(targets ?? 0, 'target')}`;
  }
  const trouble = troubleSchema.safeParse(line);
  if (trouble.success) {
    return `bridge: ${trouble.data.msg}${trouble.data.reason ? `: ${trouble.data.reason}` : ''}`;
  }
  return null;
}

/** Of which event the line tells; null where it tells of none. */
export function eventIdOf(logLine: string): string | null {
  const event = eventSchema.safeParse(parse(logLine));
  return event.success ? event.data.id : null;
}

function sentence({ change, state, final, counts, ms, reason }: z.infer<typeof eventSchema>): string {
  const fresh = state === 'settled';
  const told = podStates.filter((name) => !fresh || name !== 'applied');
  const pods = told.flatMap((name) => (counts[name] ? [`${counts[name]} ${name}`] : []));
  const how = fresh ? `is ${state}: fresh on ${counted(counts.settled ?? 0, 'pod')}` : `is ${state}`;
  const unsettled = state === 'applied' && final ? ' but has not settled on every pod' : '';
  const listed = pods.length > 0 ? `, ${fresh ? '' : 'pods: '}${pods.join(', ')}` : '';
  return `${change} ${how}${unsettled}${listed}, after ${duration(ms)}${reason ? `. ${reason}` : ''}`;
}

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
