import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { missingAddress } from '../src/ports/missing-address.ts';
import { choosePorts } from '../src/ports/ports.ts';

/** Far from the usual ports, so that a running demo changes nothing. */
const base = 28_880;
const podIps = ['127.0.0.71', '127.0.0.72'];
const opened: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

function occupyTcp(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer();
  opened.push(() => new Promise((resolve) => server.close(resolve)));
  return new Promise((resolve) => server.listen(port, host, resolve));
}

function occupyUdp(port: number): Promise<void> {
  const socket = createSocket('udp4');
  opened.push(() => new Promise((resolve) => socket.close(() => resolve(null))));
  return new Promise((resolve) => socket.bind(port, '127.0.0.1', resolve));
}

describe('ports that were asked for', () => {
  it('follow one another from the base on', async () => {
    const { ports, moved } = await choosePorts({ base, podIps });
    expect(ports).toMatchObject({
      wordpress: base,
      bridge: base + 1,
      wall: base + 2,
      balancer: base + 3,
      dns: base + 4,
    });
    expect(moved.filter((sentence) => !sentence.includes('the pods'))).toEqual([]);
  });

  it('are an error when one is busy, which names the port, its use and the process that holds it', async () => {
    await occupyTcp(base + 1);
    const error = await choosePorts({ base, podIps }).catch((thrown: Error) => thrown);
    expect(String(error)).toContain(`Port ${base + 1}, which you asked for, can't be used for the bridge`);
    expect(String(error)).toContain(`process ${process.pid}`);
  });

  it('are an error as well when DNS finds only its UDP port busy', async () => {
    await occupyUdp(base + 4);
    await expect(choosePorts({ base, podIps })).rejects.toThrow(/for DNS: .*process/);
  });
});

describe('ports that nobody asked for', () => {
  it('move when one is busy, and say so', async () => {
    // It moves whether this test or a running demo holds the usual port.
    const { ports: before } = await choosePorts({ base: null, podIps });
    await occupyTcp(before.wall);
    const { ports, moved } = await choosePorts({ base: null, podIps });
    expect(ports.wall).not.toBe(before.wall);
    expect(moved).toContainEqual(
      expect.stringMatching(new RegExp(`busy, so the wall moved to ${ports.wall}`)),
    );
  });

  it('are free at every address when they are for the pods', async () => {
    const { ports: before } = await choosePorts({ base: null, podIps });
    await occupyTcp(before.pods, podIps[1]);
    const { ports } = await choosePorts({ base: null, podIps });
    expect(ports.pods).not.toBe(before.pods);
  });
});

it('a machine that lacks the loopback addresses is told what to run on macOS', () => {
  expect(missingAddress(['127.0.0.11', '127.0.0.12'], 'darwin').split('\n').slice(1)).toEqual([
    '  sudo ifconfig lo0 alias 127.0.0.11 up',
    '  sudo ifconfig lo0 alias 127.0.0.12 up',
  ]);
});
