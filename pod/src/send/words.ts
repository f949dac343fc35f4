import type { Sent, SentPodLine, SentReport } from './send-event.ts';

/** What became of an event, in lines for a person. */
export function wordsFor(sent: Sent): string[] {
  if (sent.kind === 'accepted') return reportWords(sent.report).map(clean);
  if (sent.kind === 'malformed') return [`Not sent: ${sent.reason}`].map(clean);
  const again = `To send the very same again, add: --id ${sent.id} --at ${sent.timestamp}`;
  return [`Not accepted: ${sent.reason}`, ...(sent.kind === 'unreached' ? [again] : [])].map(clean);
}

function reportWords({ id, seq, state, final, pods, reason }: SentReport): string[] {
  const late = !final && pods.some((pod) => !['applied', 'told', 'gone'].includes(pod.state));
  return [
    `Accepted as ${id}, number ${seq} in the journal.`,
    ...table(pods),
    `${countsOf(pods)} The event is ${state}.`,
    ...(reason === undefined ? [] : [reason]),
    ...(late ? ['A pod that is late catches up at its next readiness probe.'] : []),
  ];
}

function table(pods: readonly SentPodLine[]): string[] {
  const cells = pods.map(({ name, ip, state, ms, reason = '' }) => [name, ip, state, `${ms} ms`, reason]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
}

function countsOf(pods: readonly SentPodLine[]): string {
  if (pods.length === 0) return 'No pod has answered yet.';
  const counts = new Map<string, number>();
  for (const { state } of pods) counts.set(state, (counts.get(state) ?? 0) + 1);
  const each = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${pods.length} ${pods.length === 1 ? 'pod' : 'pods'}: ${each}.`;
}

/** What others wrote moves no cursor, and begins no line, on a person's screen. */
function clean(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
}
