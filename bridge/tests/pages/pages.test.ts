import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ServedPage } from '@everypod/contract';
import { newSecret } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { startWorld, type World } from '../harness.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../bin/everypod-bridge.mjs', import.meta.url));

/** Its exit code and what it said. */
async function everypodBridge(world: World, ...given: string[]) {
  const env = { ...process.env, ...world.environment };
  try {
    const { stdout } = await run(process.execPath, [program, ...given], { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

const page = (path: string, more: Partial<ServedPage> = {}): ServedPage => ({
  path,
  tags: ['wp:post:1', '_N_T_/layout'],
  storedAt: new Date(Date.now() - 150_000).toISOString(),
  asked: 3,
  ...more,
});

describe('everypod-bridge pages', () => {
  it('says what each pod serves, by path', async () => {
    const world = await startWorld();
    const one = await world.addPod(11);
    const other = await world.addPod(12);
    one.served = [
      page('/hello', { servedBy: '/en/hello' }),
      page('/', { asked: 1, storedAt: null, tags: [] }),
    ];
    other.served = [];
    const { code, said } = await everypodBridge(world, 'pages');
    expect(code).toBe(0);
    expect(said).toContain('pod-11 (127.0.0.11) knows 2 pages.');
    const [, head, row] = said.split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['', 'asked', 'age', 'path', 'tags']);
    expect(row?.split(/ {2,}/)).toEqual([
      '',
      '3',
      '2 min',
      '/hello (served by /en/hello)',
      'wp:post:1 _N_T_/layout',
    ]);
    expect(said).toContain('pod-12 (127.0.0.12) knows 0 pages.');
  });

  it('asks for them by five hundred', async () => {
    const world = await startWorld();
    const pod = await world.addPod(11);
    pod.served = Array.from({ length: 1_203 }, (_, nth) => page(`/page-${nth}`));
    const { said } = await everypodBridge(world, 'pages');
    expect(pod.calls).toBe(3);
    expect(said).toContain('knows 1203 pages.');
    expect(said).toContain('/page-1202');
  });

  it('names a pod that does not tell, and says so by its exit code', async () => {
    const world = await startWorld();
    await world.addPod(11, { secret: newSecret() });
    const { code, said } = await everypodBridge(world, 'pages');
    expect(code).toBe(1);
    expect(said).toContain('127.0.0.11 did not tell what it serves');
  });

  it('knows no other command', async () => {
    const world = await startWorld();
    expect(await everypodBridge(world, 'page')).toMatchObject({
      code: 2,
      said: expect.stringContaining('everypod-bridge pages'),
    });
  });
});
