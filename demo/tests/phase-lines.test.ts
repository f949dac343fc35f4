import { expect, it } from 'vitest';
import { createPhaseLines } from '../src/events/phase-lines.ts';

it('each pod that comes or goes is one line, and one that stays is none', () => {
  const lines = createPhaseLines();
  expect(lines([{ name: 'nextjs-a', phase: 'starting' }])).toEqual(['nextjs-a starts']);
  expect(lines([{ name: 'nextjs-a', phase: 'ready' }])).toEqual([
    'nextjs-a is ready: it is in DNS and gets visitors',
  ]);
  expect(lines([{ name: 'nextjs-a', phase: 'ready' }])).toEqual([]);
  expect(lines([{ name: 'nextjs-a', phase: 'stopped', reason: 'It did not answer.' }])).toEqual([
    'nextjs-a is stopped: it is out of DNS and gets no visitors. It did not answer.',
  ]);
});

it('a pod that is stopped, after it was not ready, changes nothing for visitors', () => {
  const lines = createPhaseLines();
  lines([{ name: 'nextjs-a', phase: 'ready' }]);
  lines([{ name: 'nextjs-a', phase: 'not ready' }]);
  expect(lines([{ name: 'nextjs-a', phase: 'stopped' }])).toEqual([]);
});
