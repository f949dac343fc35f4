import type { Delivery, PodLine, PodState, Report } from '../../src/rest/shapes.ts';

export const acceptedAt = '2026-03-01T10:00:00.000Z';

export function pod(name: string, state: PodState, more: Partial<PodLine> = {}): PodLine {
  return { name, instance: `instance-of-${name}`, state, ms: 12, attempts: 1, ...more };
}

export function report(pods: PodLine[], more: Partial<Report> = {}): Report {
  const count = (state: PodState) => pods.filter((line) => line.state === state).length;
  return {
    id: 'evt_1',
    state: 'accepted',
    final: false,
    seq: 7,
    acceptedAt,
    targets: [{ path: '/hello/' }],
    discovery: [],
    pods,
    counts: {
      pods: pods.length,
      settled: pods.filter((line) => line.settledAt).length,
      asked: count('asked'),
      applied: count('applied'),
      behind: count('behind'),
      refused: count('refused'),
      failed: count('failed'),
      unreachable: count('unreachable'),
      starting: count('starting'),
      gone: count('gone'),
      told: count('told'),
    },
    ...more,
  };
}

/** A delivery that the bridge has accepted, unless told otherwise. */
export function delivery(more: Partial<Delivery> = {}): Delivery {
  return {
    id: 'evt_1',
    change: 'post.updated',
    subject: { kind: 'post', id: '12', title: 'Hello' },
    subjects: [],
    createdAt: acceptedAt,
    destination: 'bridge',
    state: more.report?.state ?? 'accepted',
    attempts: 1,
    nextAttemptAt: null,
    unknownSince: null,
    problem: null,
    report: null,
    final: more.report?.final ?? false,
    ...more,
  };
}

export const unreachable = {
  code: 'unreachable',
  message: "The bridge can't be reached.",
  advice: 'Check that it runs.',
} as const;
