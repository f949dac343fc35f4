import { newSecret, type WhyEntry } from '@everypod/contract';
import { expect, it } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { run } from '../../src/commands.ts';
import { wordsFor } from '../../src/why/words.ts';

async function why(given: readonly string[], environment: Record<string, string> = {}) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const code = await run(['why', ...given], { environment, say, complain: say });
  return { code, said: said.join('') };
}
const secret = newSecret();

it.each<[string, string[], Record<string, string>, RegExp]>([
  ['no page', [], { EVERYPOD_POD_SECRET: secret }, /one path/],
  ['no path', ['hello'], { EVERYPOD_POD_SECRET: secret }, /one path/],
  ['several', ['/a', '/b'], { EVERYPOD_POD_SECRET: secret }, /one path/],
  ['no secret', ['/a'], {}, /There is no secret/],
  ['a secret that is none', ['/a'], { EVERYPOD_POD_SECRET: 'x' }, /whsec_/],
  ['a secret among the arguments', ['/a', secret], { EVERYPOD_POD_SECRET: secret }, /never an argument/],
  ['a file that is not there', ['/a'], { EVERYPOD_POD_SECRET_FILE: '/nowhere' }, /could not be read/],
  ['a pod that is no URL', ['/a', '--pod', 'pod'], { EVERYPOD_POD_SECRET: secret }, /http/],
  ['what it does not know', ['/a', '--why'], { EVERYPOD_POD_SECRET: secret }, /--why/],
])('`everypod why` with %s is refused, and says why', async (_, given, environment, words) => {
  const { code, said } = await why(given, environment);
  expect(code).toBe(2);
  expect(said).toMatch(words);
  expect(said).not.toContain(secret);
});

it('`everypod why` ends with 1 where nobody answers', async () => {
  const pod = `http://127.0.0.1:${await freePort()}/siteapi/revalidate`;
  expect(await why(['/a', '--pod', pod], { EVERYPOD_POD_SECRET: secret })).toMatchObject({ code: 1 });
});

it.each([
  ['by which header, where the app has opted in', { cdn: 'Cache-Tag' }, '  CDN: by Cache-Tag'],
  ['that it is not by tag, where it has not', { cdn: null }, '  CDN: not by tag'],
  ['nothing, where the pod is of before there was one', {}, '    tags: none'],
])('`everypod why` says of a CDN %s', (_, of, last) => {
  const pod = { ip: '10.4.0.11', name: 'nextjs-a', instance: '3b1c9d3e77aa4d21' };
  const entry: WhyEntry = { servedBy: '/a', is: 'known', keys: ['p8'], tags: [], storedAt: null, goes: [] };
  expect(wordsFor({ pod, path: '/a', entries: [entry], ...of }).at(-1)).toBe(last);
});

it('`everypod why --help` says how', async () => {
  expect(await why(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--tag TAG') });
});
