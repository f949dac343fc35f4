import type { IncomingMessage, ServerResponse } from 'node:http';
import { newSecret } from '@everypod/contract';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { afterThisTest, postEvent, quick, signedGet, startBridge, startWorld } from '../harness.ts';
import { startWordPress } from './wordpress.ts';

type Answer = { status: number; headers?: Record<string, string>; body?: string };

async function reasonFrom(options: Parameters<typeof startWordPress>[0], answer?: Answer): Promise<string> {
  const site = await startWordPress(options);
  afterThisTest(() => site.close());
  if (answer) {
    site.misbehave(
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(answer.status, answer.headers).end(answer.body),
    );
  }
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const world = await startWorld({ EVERYPOD_WORDPRESS: site.url });
  await startBridge(world, { limits: { ...quick, outboxEveryMs: 60 }, log });
  return vi.waitFor(
    () => {
      const line = lines.find((each) => each.includes('outbox out of reach'));
      if (!line) throw new Error('nothing is said yet');
      return String(JSON.parse(line).reason);
    },
    { timeout: 8_000, interval: 30 },
  );
}

const rest = (code: string, status: number): Answer => ({
  status,
  body: JSON.stringify({ code, message: 'Sorry.', data: { status } }),
});
const basic = { 'www-authenticate': 'Basic realm="Staging"' };

describe('a WordPress that gives its outbox to nobody', () => {
  it.each<[string, Answer, RegExp]>([
    ['basic auth', { status: 401, headers: basic, body: '<h1>401</h1>' }, /asks for a login.*Basic/],
    [
      'basic auth by a plugin',
      { ...rest('incorrect_password', 401), headers: basic },
      /asks for a login.*Basic/,
    ],
    ['REST for users only', rest('rest_not_logged_in', 401), /REST API is closed.*rest_not_logged_in/],
    ['REST that is forbidden', rest('rest_forbidden', 403), /REST API is closed.*rest_forbidden/],
    ['REST that is switched off', rest('rest_disabled', 403), /REST API is closed.*rest_disabled/],
    ['another plugin’s own code', rest('myplugin_no_rest', 401), /REST API is closed.*myplugin_no_rest/],
    ['a firewall', { status: 403, body: '<h1>Blocked</h1>' }, /firewall.*403/],
    ['a code that is no code', { status: 401, body: '{"code":"<script>"}' }, /firewall.*401/],
    ['no plugin there', rest('rest_no_route', 404), /rest_no_route.*active/],
    ['REST as not found', { status: 404, body: '<h1>Not found</h1>' }, /^It answered 404\.$/],
  ])('A20 has %s named as the reason, and not the secret', async (_, answer, reason) => {
    const said = await reasonFrom({}, answer);
    expect(said).toMatch(reason);
    expect(said).not.toMatch(/secret/i);
  });

  it('A20 has the secret named where it is the secret', async () => {
    expect(await reasonFrom({ secret: newSecret() })).toMatch(/need the same EVERYPOD_SECRET/);
  });

  it('A20 has a proxy named that changes the path, which only what is posted survives', async () => {
    const said = await reasonFrom({ seenAs: (path) => path.replace('/wp-json', '/cms/wp-json') });
    expect(said).toMatch(/changes the path/);
  });
});

describe('what the plugin tells a changed path from a wrong secret by', () => {
  it('A20 what is posted and is no event is malformed with the right secret, and unauthorized with another', async () => {
    const bridge = await startBridge(await startWorld());
    const typeOf = async (answer: Response) => ({ status: answer.status, type: (await answer.json()).type });
    expect(await typeOf(await postEvent(bridge, '{}'))).toEqual({
      status: 400,
      type: 'urn:everypod:problem:bad-request',
    });
    expect(await typeOf(await postEvent(bridge, '{}', { secret: newSecret() }))).toEqual({
      status: 401,
      type: 'urn:everypod:problem:unauthorized',
    });
    // As a proxy leaves it that adds to a path.
    const changed = await signedGet({ url: `${bridge.url}/v1/pods?from=` }, '/v1/pods');
    expect(await typeOf(changed)).toEqual({ status: 401, type: 'urn:everypod:problem:unauthorized' });
  });
});
