import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newMessageId } from '@everypod/contract';
import { z } from 'zod';
import { createBridge } from '../bridges/bridge.ts';
import { createBridgeClient } from '../bridges/client.ts';
import type { Verdict } from '../checker/verdict.ts';
import { readTrace } from '../durability/strace.ts';
import { limits } from '../limits.ts';
import { takeNetwork } from '../network.ts';
import { createPrograms } from '../processes/programs.ts';
import { createSecretFile } from '../system/secret-files.ts';
import { eventBody } from '../workload/event-body.ts';

const readBack = new URL('../durability/read-back.mjs', import.meta.url).href;
const readBackSchema = z.strictObject({ synchronous: z.int(), journalMode: z.string() });
const full = 2;

/** 4: a bridge of its own, watched by strace while it accepts events one by one, and asked how its SQLite writes. */
export async function proveDurability(folder: string): Promise<Verdict[]> {
  const network = await takeNetwork();
  const programs = createPrograms(join(folder, 'logs'));
  mkdirSync(join(folder, 'secrets'), { recursive: true });
  const secret = createSecretFile(join(folder, 'secrets', 'sender'));
  const readBackFile = join(folder, 'read-back.json');
  const bridge = createBridge(
    {
      name: 'traced-bridge',
      ip: network.bridgeIp(0),
      port: network.bridgePort,
      journal: `sqlite:${join(folder, 'journal', 'journal.db')}`,
      podService: `http://nobody.example:${network.podPort}/siteapi/revalidate`,
      podRange: network.podRange,
      dns: `${network.dnsIp}:${network.dnsPort}`,
      secretFile: secret.path,
      podSecretFile: secret.path,
      wordpress: '',
      environment: { EVERYPOD_FAULTS_READ_BACK_FILE: readBackFile, NODE_OPTIONS: `--import ${readBack}` },
    },
    programs,
  );
  try {
    if (!(await bridge.start())) throw new Error(`The bridge did not start; see ${programs.logs}.`);
    const trace = await traceWhile(bridge.pid(), join(folder, 'trace'), () =>
      deliverOneByOne(bridge.url, secret.path),
    );
    return [tracedVerdict(trace), readBackVerdict(readBackFile)];
  } finally {
    await programs.stopAll();
    programs.close();
  }
}

async function deliverOneByOne(url: string, secretFile: string) {
  const client = createBridgeClient({ url, secretFile, deadlineMs: limits.reportDeadlineMs });
  for (let count = 0; count < limits.tracedEvents; count += 1) {
    await client.deliver(
      newMessageId('event'),
      eventBody('post.updated', `${count}`, [{ tag: `traced:${count}` }]),
    );
  }
}

/** The lines of the trace; null when strace is not there or may not look. */
async function traceWhile(pid: number, file: string, work: () => Promise<void>): Promise<string[] | null> {
  const calls = 'read,recvfrom,write,writev,sendto,sendmsg,fsync,fdatasync';
  const strace = spawn('strace', [
    '-f',
    '-y',
    '-s',
    '48',
    '-e',
    `trace=${calls}`,
    '-o',
    file,
    '-p',
    String(pid),
  ]);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    strace.once('error', () => resolve());
    strace.once('exit', () => resolve());
  }).then(() => {
    over = true;
  });
  let attached = false;
  strace.stderr.on('data', (text: Buffer) => {
    attached ||= text.includes('attached');
  });
  for (let waited = 0; !attached && !over && waited < limits.reportDeadlineMs; waited += limits.heartbeatMs) {
    await sleep(limits.heartbeatMs);
  }
  await work();
  if (over || !attached) return null;
  strace.kill('SIGINT');
  await ended;
  return readFileSync(file, 'utf8').split('\n');
}

function tracedVerdict(trace: string[] | null): Verdict {
  const verdict = {
    name: 'traced',
    assertion: 'No 2xx leaves the bridge before its commit was flushed, as seen by strace',
    judged: 0,
    faults: [] as string[],
    figures: [] as string[],
  };
  if (trace === null)
    return { ...verdict, skipped: 'strace is not installed, or may not attach to a process here' };
  const { requests, answers, flushes, early } = readTrace(trace);
  const sent = limits.tracedEvents;
  const seenWhole = requests === sent && answers === sent;
  return {
    ...verdict,
    judged: answers,
    faults: [
      ...early.map((line) => `Sent before a flush: ${line}`),
      ...(seenWhole
        ? []
        : [`Of ${sent} events the trace shows ${requests} requests and ${answers} answers 2xx.`]),
    ],
    figures: [`${answers} answers 2xx`, `${flushes} flushes of the journal`],
  };
}

function readBackVerdict(file: string): Verdict {
  const found = existsSync(file) ? readBackSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  const holds = found?.synchronous === full && found.journalMode === 'wal';
  return {
    name: 'read back',
    assertion: 'SQLite writes with synchronous = FULL, read back on the bridge’s own connection',
    judged: found ? 1 : 0,
    faults:
      found && !holds ? [`synchronous is ${found.synchronous}, journal_mode ${found.journalMode}.`] : [],
    figures: found ? [`synchronous ${found.synchronous}`, `journal_mode ${found.journalMode}`] : [],
  };
}
