import type { PodState } from '../rest/shapes.ts';
import type { Tone } from './tone.ts';

const marks: Record<Tone, string> = { pending: '…', good: '✓', partly: '!', bad: '✕' };

export const podTones: Record<PodState, Tone> = {
  asked: 'pending',
  starting: 'pending',
  applied: 'good',
  behind: 'partly',
  gone: 'partly',
  told: 'partly',
  refused: 'bad',
  failed: 'bad',
  unreachable: 'bad',
};

/** A sign beside a word. It repeats what the word says, so a screen reader leaves it out. */
export function StateMark({ tone }: { tone: Tone }) {
  return (
    <span className={`everypod-mark everypod-mark--${tone}`} aria-hidden="true">
      {marks[tone]}
    </span>
  );
}
