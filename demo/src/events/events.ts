import { z } from 'zod';

const eventSchema = z.object({
  msg: z.literal('event'),
  id: z.string(),
  change: z.string(),
  state: z.string(),
  counts: z.record(z.string(), z.number()),
  ms: z.number(),
  reason: z.string().optional(),
});

const caughtUpSchema = z.object({
  msg: z.enum(['a pod catches up', 'a pod starts over']),
  pod: z.object({ name: z.string() }),
  targets: z.number().optional(),
});

const troubleSchema = z.object({ level: z.number().min(40), msg: z.string(), reason: z.string().optional() });

/** In the order in which a person wants to read them. */
const podStates = ['applied', 'behind', 'refused', 'failed', 'unreachable', 'starting', 'gone', 'asked'];

/**
 * The line to print for a line of the bridge's log: one for each event, each pod that caught up, and each warning.
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
      return `${pod.name} invalidates everything, because what it missed is not known`;
    return `${pod.name} catches up with ${targets} ${targets === 1 ? 'target' : 'targets'}`;
  }
  const trouble = troubleSchema.safeParse(line);
  if (trouble.success) {
    return `bridge: ${trouble.data.msg}${trouble.data.reason ? `: ${trouble.data.reason}` : ''}`;
  }
  return null;
}

function sentence({ change, state, counts, ms, reason }: z.infer<typeof eventSchema>): string {
  const pods = podStates.flatMap((name) => (counts[name] ? [`${counts[name]} ${name}`] : []));
  const told = pods.length > 0 ? `, pods: ${pods.join(', ')}` : '';
  return `${change} is ${state}${told}, after ${ms} ms${reason ? `. ${reason}` : ''}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
