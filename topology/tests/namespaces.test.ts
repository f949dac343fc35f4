import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { limits } from '../src/limits.ts';
import { makeNamespaces, type Namespaces } from '../src/namespaces.ts';
import { until } from '../src/until.ts';

const source = fileURLToPath(new URL('../src/namespaces.ts', import.meta.url));
const there = (owner: number | undefined) =>
  execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith(`everypod-topology-${owner}-`));

let namespaces: Namespaces | undefined;
afterEach(async () => {
  await namespaces?.remove();
  namespaces = undefined;
});

it('a run that is killed leaves no namespace, and nothing that ran in one', async () => {
  const program = `
    const { makeNamespaces } = await import(${JSON.stringify(source)});
    const namespaces = await makeNamespaces(['inside']);
    const { name } = await namespaces.add('pod');
    console.log(name);
    setInterval(() => {}, 1_000);`;
  const run = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(run.stdout, 'data');
  expect(there(run.pid)).toHaveLength(2);
  const inside = spawn('ip', ['netns', 'exec', String(said).trim(), 'sleep', '300'], { stdio: 'ignore' });
  const ended = once(inside, 'exit');
  run.kill('SIGKILL');
  await until('the namespaces are gone', limits.startMs, async () => expect(there(run.pid)).toEqual([]));
  expect(await ended).toEqual([null, 'SIGKILL']);
});

it('what is left all the same is taken away by the next run, and what belongs to one beside it is not', async () => {
  const { pid: dead } = spawnSync('true');
  const beside = spawn('sleep', ['300'], { stdio: 'ignore' });
  const names = [dead, beside.pid].map((pid) => `everypod-topology-${pid}-pod`);
  for (const name of names) execFileSync('ip', ['netns', 'add', name]);
  try {
    namespaces = await makeNamespaces(['inside']);
    expect([there(dead), there(beside.pid).length]).toEqual([[], 1]);
  } finally {
    beside.kill('SIGKILL');
    execFileSync('ip', ['netns', 'delete', names[1] ?? '']);
  }
});

it('a pod has the resolver and the environment that it is given, and nothing else of this process', async () => {
  namespaces = await makeNamespaces(['inside']);
  const pod = await namespaces.add('pod', { resolver: ['nameserver 10.244.0.53'] });
  expect(await pod.run(['cat', '/etc/resolv.conf'])).toBe('nameserver 10.244.0.53\n');
  expect((await pod.run(['printenv'], { POD_IP: '10.244.1.5' })).trim().split('\n').toSorted()).toEqual([
    `PATH=${process.env.PATH}`,
    'POD_IP=10.244.1.5',
  ]);
});
