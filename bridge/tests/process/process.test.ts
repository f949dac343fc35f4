import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../fan-out/tests/free-port.ts';
import { limits } from '../../src/limits.ts';
import {
  event,
  podSecret,
  postEvent,
  probe,
  reportOf,
  secret,
  send,
  startBridge,
  startWorld,
} from '../harness.ts';
import { kill, program, run, spawnBridge } from './run-bridge.ts';

describe('the bridge as a process', () => {
  it('goes on, after a kill, with what it had accepted', async () => {
    const world = await startWorld();
    const port = await freePort();
    const before = await run(world, port);
    const { id } = await send(before, event([{ tag: 'survivor' }]), { id: 'evt_survivor' });
    await kill(before);

    const pod = await world.addPod(11);
    const after = await run(world, port);
    await vi.waitFor(() => expect([...pod.applied]).toEqual(['tag survivor']), { timeout: 10_000 });
    await vi.waitFor(async () =>
      expect(await reportOf(after, id)).toMatchObject({ state: 'applied', pods: [{ state: 'applied' }] }),
    );
  });

  it('has, after a kill, its reports, its pods’ epoch and its duplicates', async () => {
    const world = await startWorld();
    const port = await freePort();
    const pod = await world.addPod(11);
    const before = await run(world, port);
    await probe(before, pod);
    await send(before, event(), { id: 'evt_kept', wait: 10 });
    pod.settle();
    await probe(before, pod);
    const report = await reportOf(before, 'evt_kept');
    expect(report).toMatchObject({ state: 'settled', final: true });
    await kill(before);

    const after = await run(world, port);
    expect(await reportOf(after, 'evt_kept')).toEqual(report);
    expect(await send(after, event(), { id: 'evt_kept' })).toEqual(report);
    expect((await postEvent(after, event([{ tag: 'other' }]), { id: 'evt_kept' })).status).toBe(409);
    expect(await probe(after, pod)).toMatchObject({ targets: [] });
  });

  it('claims, after a long absence, no more than it saw', async () => {
    const world = await startWorld();
    const port = await freePort();
    const before = await run(world, port);
    await send(before, event(), { id: 'evt_unseen' });
    await kill(before);

    const late = await startBridge(world, { now: () => Date.now() + 61_000, limits });
    const report = await reportOf(late, 'evt_unseen');
    expect(report).toMatchObject({ state: 'accepted', final: true, pods: [] });
    expect(report.reason).toContain('stopped before it had heard');
  });

  it('ends in order on SIGTERM: not ready, what is in flight answered, exit 0', async () => {
    const world = await startWorld();
    const pod = await world.addPod(11);
    const running = await run(world, await freePort());
    await probe(running, pod);
    let release = () => {};
    pod.misbehave(({ response, proper }) => {
      release = () => {
        const { headers, body } = proper();
        response.writeHead(200, headers).end(body);
      };
    });
    const answer = postEvent(running, event([{ tag: 'in-flight' }]), { wait: 30 });
    await vi.waitFor(() => expect(pod.calls).toBe(1), { timeout: 5_000 });
    running.process.kill('SIGTERM');
    await vi.waitFor(() => expect(running.output()).toContain('"stopping"'), { timeout: 5_000 });
    release();
    expect([200, 202]).toContain((await answer).status);
    expect(await running.ended).toBe(0);
    expect([...pod.applied]).toEqual(['tag in-flight']);
    expect(running.output()).toContain('"stopped"');
  });

  it('says one line when an event is applied and one when it is final, and never a secret or a title', async () => {
    const world = await startWorld();
    const pod = await world.addPod(11);
    const running = await run(world, await freePort());
    await probe(running, pod);
    await send(running, event(), { id: 'evt_logged', wait: 10 });
    pod.settle();
    await probe(running, pod);
    await postEvent(running, event(), { secret: podSecret });
    await vi.waitFor(() => {
      expect(running.output()).toContain('"final":true');
      expect(running.output()).toContain('"cause":"wrong signature"');
    }, 5_000);
    const lines = running
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ msg }) => msg === 'event')).toMatchObject([
      { id: 'evt_logged', change: 'post.updated', state: 'applied', final: false, counts: { applied: 1 } },
      { id: 'evt_logged', change: 'post.updated', state: 'settled', final: true, counts: { settled: 1 } },
    ]);
    expect(lines.filter(({ cause }) => cause === 'wrong signature')).toHaveLength(1);
    for (const hidden of [secret, podSecret, secret.slice(6), podSecret.slice(6), 'Hello', 'Ada']) {
      expect(running.output()).not.toContain(hidden);
    }
  });

  it('does not start with a wrong environment, and names every wrong value', async () => {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, EVERYPOD_LISTEN: 'x' },
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(said).toContain('EVERYPOD_LISTEN: "x"');
    expect(said).toContain('EVERYPOD_POD_SECRET: is not set');
    expect(said).not.toContain('at readConfig');
  });

  it('names the Node it needs where an older one runs it', async () => {
    const pretend =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })";
    const child = spawn(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(pretend)}`,
      program,
    ]);
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(said).toContain('needs Node.js 24 or newer');
  });

  it('does not start at an address that is taken, and names it', async () => {
    const world = await startWorld();
    const port = await freePort();
    await run(world, port);
    const second = spawn(process.execPath, [program], {
      env: {
        ...process.env,
        ...world.environment,
        EVERYPOD_JOURNAL: 'sqlite::memory:',
        EVERYPOD_LISTEN: `127.0.0.1:${port}`,
      },
    });
    let said = '';
    second.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(second, 'close');
    expect(code).toBe(1);
    expect(said).toContain(`127.0.0.1:${port}`);
  });
});

describe('A6 two bridges with one journal', () => {
  it('A6 the second ends and says what to do, and has it once the first was killed', async () => {
    const world = await startWorld();
    const first = await run(world, await freePort());
    await send(first, event(), { id: 'evt_of_the_first' });

    const second = spawnBridge(world, await freePort());
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('Another bridge has the journal');
    expect(second.output()).toContain('set EVERYPOD_JOURNAL to a Valkey');
    expect(second.output()).not.toContain('    at ');
    await send(first);

    await kill(first);
    const third = await run(world, await freePort());
    expect((await reportOf(third, 'evt_of_the_first')).id).toBe('evt_of_the_first');
  });
});
