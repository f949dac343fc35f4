import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import {
  type Evidence,
  getBody,
  makeAnswerSchema,
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

const leftBehind = ['standalone', 'cache'].map((name) => join('.next', name));

/** Of the event for which a visit is granted, and how far the bridge is. */
export type Granted = { id?: string; upTo?: number; waitMs?: number; site?: string; evidence?: Evidence };

/** How a build is served; `dev` makes its own as it goes. */
export type Serving = 'standalone' | 'start' | 'dev';

/**
 * Starts the server of a build, as a container would. It serves once this returns.
 * @param born is given the server's folder before it starts
 */
export async function startNextPod(
  app: BuiltApp,
  environment: Record<string, string> = {},
  born: (folder: string) => void = () => {},
  serving: Serving = 'standalone',
) {
  const { PORT: port = String(await freePort()), HOSTNAME: host = '127.0.0.1' } = environment;
  const published = mkdtempSync(join(tmpdir(), 'everypod-published-'));
  // A server writes the pages that it renders into its folder, so each has a copy, as a container has its layer.
  const from = serving === 'standalone' ? app.folder : app.project;
  const folder = mkdtempSync(join(dirname(from), 'running-'));
  cpSync(from, folder, {
    recursive: true,
    verbatimSymlinks: true,
    // As it comes into an image: without what only the next build would read.
    filter: (path) => serving === 'standalone' || !leftBehind.includes(relative(from, path)),
  });
  born(folder);
  const next = join(folder, 'node_modules/next/dist/bin/next');
  const program =
    serving === 'standalone'
      ? [join(folder, 'server.js')]
      : [next, serving, '--port', port, '--hostname', host];
  const server = spawn(process.execPath, program, {
    ...(serving === 'standalone' ? {} : { cwd: folder }),
    detached: serving === 'dev',
    env: {
      ...process.env,
      NODE_ENV: serving === 'dev' ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      NEXT_IGNORE_INCORRECT_LOCKFILE: '1',
      PORT: port,
      HOSTNAME: host,
      // Longer than `fetch` keeps an idle connection: a busy test would else call on what the server is about to close.
      KEEP_ALIVE_TIMEOUT: '60000',
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
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const urlOf = (path: string) =>
    `http://${authority}${basePath}${path === '/' ? slash || '' : `${path}${slash}`}`;

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
    async push(push: Partial<Push>, secret = podSecret, signedAtMs = Date.now()): Promise<PushAnswer> {
      const id = newMessageId('push');
      const secrets = parseSecrets(secret);
      const body = JSON.stringify({ epoch, after: 0, upTo: 1, targets: [], ...push });
      const headers = { 'content-type': 'application/json', ...sign(secrets, id, signedAtMs, body) };
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
    /** A bridge's grant of one visit, and what came of it. */
    async make(path: string, { id = 'event_visited', waitMs = 12_000, upTo = 1, ...about }: Granted = {}) {
      const secrets = parseSecrets(podSecret);
      const messageId = newMessageId('make');
      const event = { id, ...about };
      const body = JSON.stringify({ ask: 'make', epoch, upTo, event, path, waitMs });
      const headers = { 'content-type': 'application/json', ...sign(secrets, messageId, Date.now(), body) };
      const response = await fetch(urlOf('/siteapi/revalidate'), { method: 'POST', body, headers });
      return makeAnswerSchema.parse(await response.json()).visit;
    },
    /** What it says that it serves, to who signs so. */
    async pages(from = 0, secret = podSecret) {
      const url = new URL(urlOf('/siteapi/revalidate'));
      url.searchParams.set('pages', String(from));
      const signed = getBody(url.pathname + url.search);
      return fetch(url, { headers: sign(parseSecrets(secret), newMessageId('pages'), Date.now(), signed) });
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
    urlOf,
    /** Returns its exit code. @throws when it has not ended by then */
    async endsBySigterm(withinMs: number): Promise<number | null> {
      const ended = once(server, 'exit', { signal: AbortSignal.timeout(withinMs) });
      server.kill('SIGTERM');
      await ended;
      return server.exitCode;
    },
    async stop() {
      if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
        // The server of next dev is a child, which would outlive its parent.
        if (serving === 'dev') process.kill(-server.pid, 'SIGKILL');
        else server.kill('SIGKILL');
        await once(server, 'exit');
      }
      for (const ours of [published, folder]) rmSync(ours, { recursive: true, maxRetries: 5 });
    },
  };
}
