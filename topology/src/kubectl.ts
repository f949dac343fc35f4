import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pod } from './pods.ts';

/**
 * Stands in for `kubectl`: takes the arguments that a person types, and does in the pod's namespace what kubectl does in
 * the pod.
 */
export function createKubectl({ pods, logs }: { pods: readonly Pod[]; logs: string }) {
  const podOf = (name: string | undefined): Pod => {
    const pod = pods.find((one) => one.name === name);
    if (!pod) throw new Error(`pods "${name}" not found`);
    return pod;
  };
  return async (...argv: string[]): Promise<string> => {
    const [verb, name, ...more] = argv;
    if (argv.join(' ') === 'get pods -o wide') return table(pods);
    if (verb === 'logs') return readFile(join(logs, `${podOf(name).name}.log`), 'utf8');
    if (verb === 'exec' && more[0] === '--') {
      const pod = podOf(name);
      return pod.namespace.run(more.slice(1), await environmentOf(pod.server.pid));
    }
    throw new Error(`This stand-in knows no \`kubectl ${argv.join(' ')}\`.`);
  };
}

async function table(pods: readonly Pod[]): Promise<string> {
  const rows = pods.map(async ({ name, namespace, server }) => {
    const addresses = await namespace.run(['ip', '-4', '-o', 'addr', 'show', 'scope', 'global']);
    const ip = /inet ([\d.]+)/.exec(addresses)?.[1] ?? '<none>';
    return [name, server.running() ? 'Running' : 'Failed', ip].join('   ');
  });
  return [['NAME', 'STATUS', 'IP'].join('   '), ...(await Promise.all(rows))].join('\n');
}

/** What the container was really started with, as the kernel has it. */
async function environmentOf(pid: number): Promise<Record<string, string>> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8');
  const entries = text.split('\0').filter((entry) => entry.includes('='));
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
}
