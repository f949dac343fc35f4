import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { missingAddress } from '../src/ports/missing-address.ts';
import { choosePorts, type PortChoice } from '../src/ports/ports.ts';

/** Far from the usual ports, so that a running demo changes nothing. */
const base = 28_880;
const podIps = ['127.0.0.71', '127.0.0.72'];
const opened: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

async function choose(asked: number | null): Promise<PortChoice> {
  const choice = await choosePorts({ base: asked, podIps });
  opened.push(() => letAllGo(choice));
  return choice;
}

const letAllGo = ({ letGo }: PortChoice) =>
  Promise.all((['wordpress', 'bridge', 'wall', 'balancer', 'dns', 'pods'] as const).map(letGo));

/** Where the parts would be now, without keeping the ports. */
async function wouldBe(asked: number | null): Promise<PortChoice['ports']> {
  const choice = await choosePorts({ base: asked, podIps });
  await letAllGo(choice);
  return choice.ports;
}

function occupyTcp(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer();
  opened.push(() => new Promise((resolve) => server.close(resolve)));
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
}

async function occupyUdp(port: number): Promise<void> {
  const socket = createSocket('udp4');
  opened.push(() => new Promise((resolve) => socket.close(() => resolve(null))));
  await once(socket.bind(port, '127.0.0.1'), 'listening');
}

describe('ports that were asked for', () => {
  it('follow one another from the base on', async () => {
    const { ports, moved } = await choose(base);
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
    const error = await choose(base).catch((thrown: Error) => thrown);
    expect(String(error)).toContain(`Port ${base + 1}, which you asked for, can't be used for the bridge`);
    expect(String(error)).toContain(`process ${process.pid}`);
  });

  it('are an error as well when DNS finds only its UDP port busy', async () => {
    await occupyUdp(base + 4);
    await expect(choose(base)).rejects.toThrow(/for DNS: .*process/);
  });
});

describe('a port that was chosen', () => {
  it('is held, so that a second start moves, until its part starts', async () => {
    const first = await choose(null);
    const second = await choose(null);
    for (const service of ['wordpress', 'bridge', 'wall', 'balancer', 'dns', 'pods'] as const) {
      expect(second.ports[service]).not.toBe(first.ports[service]);
    }
    await first.letGo('wall');
    await expect(occupyTcp(first.ports.wall)).resolves.toBeUndefined();
  });

  it('is free again when another one of the same start is busy', async () => {
    await occupyTcp(base + 1);
    await expect(choose(base)).rejects.toThrow();
    await expect(occupyTcp(base)).resolves.toBeUndefined();
  });
});

describe('ports that nobody asked for', () => {
  it('move when one is busy, and say so', async () => {
    // It moves whether this test or a running demo holds the usual port.
    const before = await wouldBe(null);
    await occupyTcp(before.wall);
    const { ports, moved } = await choose(null);
    expect(ports.wall).not.toBe(before.wall);
    expect(moved).toContainEqual(
      expect.stringMatching(new RegExp(`busy, so the wall moved to ${ports.wall}`)),
    );
  });

  it('are free at every address when they are for the pods', async () => {
    const before = await wouldBe(null);
    await occupyTcp(before.pods, podIps[1]);
    const { ports } = await choose(null);
    expect(ports.pods).not.toBe(before.pods);
  });
});

it('a machine that lacks the loopback addresses is told what to run on macOS', () => {
  expect(missingAddress(['127.0.0.11', '127.0.0.12'], 'darwin').split('\n').slice(1)).toEqual([
    '  sudo ifconfig lo0 alias 127.0.0.11 up',
    '  sudo ifconfig lo0 alias 127.0.0.12 up',
  ]);
});
