import { describe, expect, it } from 'vitest';
import { tellTopics } from '../../../pod/src/apply/topics.ts';
import { createTopicStates } from '../../src/pods/topic-states.ts';

function statesOf({ baked = {}, version = 3 } = {}) {
  const topics = new Map();
  const applied: string[][] = [];
  const states = createTopicStates({
    states: [{ path: '/state/0', topic: 'flags:0' }],
    topics,
    baked,
    fetchVersion: async () => version,
    applied: (keys) => applied.push(keys),
  });
  return { topics, applied, states };
}

describe('What a pod holds in memory', () => {
  it('is what came with the image, until its topic is told', async () => {
    const { states, topics, applied } = statesOf({ baked: { '/state/0': 2 } });
    expect(states.read('/state/0')).toBe(2);
    expect(await tellTopics(topics, ['flags:0'], false)).toEqual([]);
    expect(states.read('/state/0')).toBe(3);
    expect(applied).toEqual([['topic flags:0']]);
  });

  it('is not read by the name of a page', () => {
    expect(statesOf().states.read('/a/1')).toBeNull();
  });
});
