import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  newMessageId,
  type Push,
  type PushAnswer,
  parseSecrets,
  pushAnswerSchema,
  sign,
  verify,
} from '@everypod/contract';
import { vi } from 'vitest';
import { freePort } from '../../../../fan-out/tests/free-port.ts';
import { epoch, podSecret, signedQuestion } from '../../surroundings/pod.ts';
import type { BuiltApp } from './build.ts';

/**
 * Starts the standalone server of a build, as a container would. It serves once this returns.
 * @param born is given the server's folder before it starts
 */
export async function startNextPod(
  app: BuiltApp,
  environment: Record<string, string> = {},
  born: (folder: string) => void = () => {},
) {
  const port = await freePort();
  const published = mkdtempSync(join(tmpdir(), 'everypod-published-'));
  // A server writes the pages that it renders into its folder, so each has a copy, as a container has its layer.
  const folder = mkdtempSync(join(dirname(app.folder), 'running-'));
  cpSync(app.folder, folder, { recursive: true, verbatimSymlinks: true });
  born(folder);
  const server = spawn(process.execPath, [join(folder, 'server.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      EVERYPOD_POD_SECRET: podSecret,
      POD_IP: '10.0.0.7',
      POD_NAME: 'nextjs-a',
      TEST_PUBLISHED: published,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk) => output.push(String(chunk)));
  const { basePath, trailingSlash } = app.variant;
  const slash = trailingSlash ? '/' : '';
  /** The address that visitors use; Next.js redirects from any other. */
  const urlOf = (path: string) =>
    `http://127.0.0.1:${port}${basePath}${path === '/' ? slash || '' : `${path}${slash}`}`;

  /** As a holder of the pod secret asks; kubelet signs nothing. */
  const ready = (method: string) => {
    const url = urlOf('/siteapi/ready');
    const headers = method === 'GET' ? signedQuestion(new URL(url).pathname) : {};
    return fetch(url, { method, headers });
  };

  await vi.waitFor(() => fetch(urlOf('/siteapi/revalidate')), { timeout: 30_000, interval: 50 });
  return {
    output,
    /** When the copy of a page that a visitor gets was rendered, or the status if there is none. */
    async copyOf(path: string): Promise<string> {
      const response = await fetch(urlOf(path), { redirect: 'manual' });
      const page = await response.text();
      return /rendered:([\d.]+)/.exec(page)?.[1] ?? `status ${response.status}`;
    },
    async push(push: Partial<Push>, secret = podSecret): Promise<PushAnswer> {
      const id = newMessageId('push');
      const secrets = parseSecrets(secret);
      const body = JSON.stringify({ epoch, after: 0, upTo: 1, targets: [], ...push });
      const headers = { 'content-type': 'application/json', ...sign(secrets, id, Date.now(), body) };
      const response = await fetch(urlOf('/siteapi/revalidate'), {
        method: 'POST',
        body,
        headers,
        redirect: 'manual',
      });
      const text = await response.text();
      const verified = verify(secrets, response.headers, text, Date.now(), id);
      if (response.status !== 200 || !verified.trusted) throw new Error(`${response.status} ${text}`);
      return pushAnswerSchema.parse(JSON.parse(text));
    },
    async probe(method = 'GET') {
      const start = performance.now();
      const response = await ready(method);
      const text = await response.text();
      const ms = performance.now() - start;
      return { status: response.status, ms, ...(text === '' ? {} : JSON.parse(text)) };
    },
    publish: (name: string, content = '') => writeFileSync(join(published, name), content),
    isPublished: (name: string) => existsSync(join(published, name)),
    /** Any other route of the app. */
    ask: (path: string) => fetch(urlOf(path)),
    /** Returns its exit code. @throws when it has not ended by then */
    async endsBySigterm(withinMs: number): Promise<number | null> {
      const ended = once(server, 'exit', { signal: AbortSignal.timeout(withinMs) });
      server.kill('SIGTERM');
      await ended;
      return server.exitCode;
    },
    async stop() {
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      for (const ours of [published, folder]) rmSync(ours, { recursive: true });
    },
  };
}
