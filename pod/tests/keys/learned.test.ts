import { expect, it } from 'vitest';
import type { Said } from '../../src/keys/givers.ts';
import { Learned } from '../../src/keys/learned.ts';
import { limits } from '../../src/limits.ts';

const silent: Said = { kind: 'silent', host: 'wordpress.example' };
const missing: Said = { kind: 'blind', why: 'missing' };
const keys: Said = { kind: 'keys', keys: ['p8'] };

it.each<[string, string | null, { answers?: Said[]; made?: number; gives?: boolean; known?: boolean }]>([
  ['nothing was made', null, { answers: [silent] }],
  ['keys were heard', null, { answers: [silent, keys], made: 1 }],
  ['keys lay in the fetch cache', null, { answers: [missing], made: 1, known: true }],
  ['no answer says any, nor does an event', 'none given', { answers: [silent], made: 1 }],
  ['no answer says any, and events do', 'taken away', { answers: [missing], made: 1, gives: true }],
  ['they are spoiled', 'taken away', { answers: [{ kind: 'blind', why: 'malformed' }], made: 1 }],
  ['another host says them', 'another host', { answers: [{ kind: 'blind', why: 'another host' }], made: 1 }],
  ['a few pages read nothing', null, { made: 2, gives: true }],
  ['many pages read nothing', 'not heard', { made: limits.makingsUnheard, gives: true }],
  ['many read nothing, and nobody gives any', null, { made: limits.makingsUnheard }],
])('why no keys were heard where %s: %s', (_, why, { answers = [], made = 0, gives, known }) => {
  const learned = new Learned();
  for (const said of answers) learned.answered(said);
  for (let page = 0; page < made; page += 1) learned.made('nothing heard');
  if (known) learned.made('known');
  if (gives) learned.heardGiver();
  expect(learned.whyNone()).toBe(why);
});
