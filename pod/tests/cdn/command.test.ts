import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret, type Report, type Target } from '@everypod/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { run } from '../../src/commands.ts';
import { createGuard } from '../../src/guard/guard.ts';
import { toNodeHandlers } from '../../src/node/handlers.ts';
import { podSecret, startPod } from '../surroundings/pod.ts';
import { builtWith } from './built.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function command(given: readonly string[], environment: Record<string, string> = {}) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const code = await run(['cdn-tags', ...given], { environment, say, complain: say });
  return { code, said: said.join('') };
}

/** A pod that can be asked, and what the command says of it. */
async function startAsked(header: string | null = 'Cache-Tag') {
  const { serverDistDir, remove } = builtWith(header);
  ends.push(remove);
  const guard = createGuard(() => () => null);
  guard.cdn.readBuild(serverDistDir);
  const handlers = toNodeHandlers(startPod({}, { guarding: () => ({ guard, whole: true }) }));
  let questions = 0;
  const server = createServer((request, response) => {
    questions += 1;
    return handlers.revalidate(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const at = `http://127.0.0.1:${port}/siteapi/revalidate`;
  const environment = { EVERYPOD_POD_SECRET: podSecret };
  const ask = (...given: string[]) => command([...given, '--pod', at], environment);
  return { ask, questions: () => questions, purging: (...tags: string[]) => guard.cdn.purging(tags) };
}

function reportFile(targets: readonly Target[], state: Report['state'] = 'settled'): string {
  const folder = mkdtempSync(join(tmpdir(), 'everypod-report-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const none = {
    asked: 0,
    applied: 0,
    behind: 0,
    refused: 0,
    failed: 0,
    unreachable: 0,
    starting: 0,
    gone: 0,
  };
  const report: Report = {
    id: 'event_1',
    state,
    final: true,
    seq: 1,
    acceptedAt: '2026-12-01T08:00:00.000Z',
    targets: [...targets],
    discovery: [],
    pods: [],
    counts: { pods: 0, settled: 0, ...none },
  };
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
}

describe('`everypod cdn-tags` says, one a line,', () => {
  const lines = (said: string) => said.trim().split('\n').toSorted();

  it('what to purge for targets that are named', async () => {
    const { ask, purging } = await startAsked();
    const { code, said } = await ask('--tag', 'wp:post:8', '--tag', 'item:1');
    expect([code, lines(said)]).toEqual([0, purging('wp:post:8', 'item:1').toSorted()]);
  });

  it('what to purge for all that an event is about, by its report', async () => {
    const { ask, purging } = await startAsked();
    const file = reportFile([
      { tag: 'wp:post:8', vanishes: true },
      { tag: 'wp:#AbC_-123456z' },
      { path: '/blog', scope: 'layout' },
      { topic: 'flags' },
    ]);
    const { code, said } = await ask('--report', file);
    const wanted = purging('wp:post:8', 'wp:#AbC_-123456z', '_N_T_/blog/layout');
    expect(code).toBe(0);
    expect(lines(said)).toEqual(expect.arrayContaining(wanted));
  });

  it('of the widest event as much as of any, in as many questions as its addresses are long', async () => {
    const { ask, questions, purging } = await startAsked();
    const targets = Array.from({ length: 4_000 }, (_, nth) => ({ tag: `wp:post:${nth}` }));
    const { code, said } = await ask('--report', reportFile(targets));
    expect(code).toBe(0);
    expect(lines(said)).toEqual(purging(...targets.map(({ tag }) => tag)).toSorted());
    expect(questions()).toBeGreaterThan(4);
  });

  it('what to purge for everything', async () => {
    const { ask, purging } = await startAsked();
    expect(lines((await ask('--everything')).said)).toEqual(purging('_N_T_/layout').toSorted());
  });
});

describe('`everypod cdn-tags` ends with 1, and says why, where', () => {
  it('the app has not opted in', async () => {
    const { ask } = await startAsked(null);
    expect(await ask('--tag', 'a')).toMatchObject({
      code: 1,
      said: expect.stringContaining('CDN: not by tag.'),
    });
  });

  it.each(['accepted', 'applied'] as const)('an event is %s, and not settled', async (state) => {
    const { ask, questions } = await startAsked();
    const { code, said } = await ask('--report', reportFile([{ tag: 'a' }], state));
    expect([code, questions()]).toEqual([1, 0]);
    expect(said).toContain(`The event is ${state}, and not settled`);
  });

  it('an event is about no page', async () => {
    const { ask } = await startAsked();
    const file = reportFile([{ topic: 'flags' }]);
    expect(await ask('--report', file)).toMatchObject({ code: 1, said: expect.stringContaining('no page') });
  });

  it('nobody answers', async () => {
    const at = `http://127.0.0.1:${await freePort()}/siteapi/revalidate`;
    expect(await command(['--tag', 'a', '--pod', at], { EVERYPOD_POD_SECRET: podSecret })).toMatchObject({
      code: 1,
    });
  });
});

const secret = newSecret();
const withSecret = { EVERYPOD_POD_SECRET: secret };

it.each<[string, string[], Record<string, string>, RegExp]>([
  ['nothing that has changed', [], withSecret, /Say what has changed/],
  ['one page and everything', ['--path', '/a', '--everything'], withSecret, /alone/],
  ['a report and a tag', ['--report', 'a.json', '--tag', 'a'], withSecret, /alone/],
  ['a report that is not there', ['--report', '/nowhere'], withSecret, /could not be read/],
  ['a report that is none', ['--report', import.meta.filename], withSecret, /That is no report/],
  ['a path that is none', ['--path', 'hello'], withSecret, /a path starts with/],
  ['no secret', ['--tag', 'a'], {}, /There is no secret/],
  ['a secret among the arguments', ['--tag', secret], withSecret, /never an argument/],
  ['a pod that is no URL', ['--tag', 'a', '--pod', 'pod'], withSecret, /http/],
  ['what it does not know', ['/hello'], withSecret, /hello/],
])('`everypod cdn-tags` with %s is refused, and says why', async (_, given, environment, words) => {
  const { code, said } = await command(given, environment);
  expect(code).toBe(2);
  expect(said).toMatch(words);
  expect(said).not.toContain(secret);
});

it('`everypod cdn-tags --help` says how', async () => {
  expect(await command(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--everything') });
});
