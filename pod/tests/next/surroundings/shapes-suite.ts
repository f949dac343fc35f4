import type { VisitLine } from '@everypod/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { buildApp, type Variant } from './build.ts';
import type { NextPod } from './fresh.ts';
import { startOrigin } from './origin.ts';
import { startNextPod } from './pod.ts';
import { readAs } from './reader.ts';
import { type Shape, shapes, toldBy } from './shapes-table.ts';

/** What came of one shape: what the visit told, and what a reader was given behind it. */
export type Found = { shape: Shape; next: Variant['next']; listensOn: string; told: string; reader: string };

const site = 'www.example.com';

/** One shape of page after the other: an event about it, the visit, and then a reader as the control. */
export function describeShapes(next: Variant['next'], listensOn: string, tell: (found: Found) => void): void {
  const ofThisNext = shapes.filter(({ only = next }) => only === next);
  const apps = [...new Set(ofThisNext.map(({ app }) => app))];
  describe.each(apps)('of the app %s', (pages) => {
    let pod: NextPod;
    let origin: Awaited<ReturnType<typeof startOrigin>>;
    let bridge: Awaited<ReturnType<typeof startBridge>>;
    let seq = 1;

    beforeAll(async () => {
      const app = await buildApp({
        next,
        pages,
        basePath: '',
        trailingSlash: false,
        config: 'next.config.ts',
      });
      origin = await startOrigin(() => 0);
      bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
      const environment = {
        EVERYPOD_BRIDGE_URL: bridge.url,
        TEST_ORIGIN: origin.url,
        TEST_SECOND: origin.url,
      };
      pod = await startNextPod(app, { ...environment, HOSTNAME: listensOn });
      await pod.probe();
    });
    afterAll(async () => {
      await pod?.stop();
      await Promise.all([origin, bridge].map((one) => one?.stop()));
    });

    it.each(ofThisNext.filter(({ app }) => app === pages))('$shape', async (shape) => {
      const { path, name, from = '1', to = '2', target = { path }, host = site, nextUrl } = shape;
      const read = () => readAs(pod.urlOf(path), { host, nextUrl });
      if (name !== null) origin.publish(name, from);
      const before = await read();
      if (name !== null) origin.publish(name, to);
      seq += 1;
      await pod.push({ after: seq - 1, upTo: seq, targets: [target] });
      const line = await pod.make(path, { upTo: seq, site: origin.url });
      const asked = origin.asked(name ?? '');
      const { text } = await read();
      const isNew = name === null ? text !== before.text : new RegExp(`(rendered|side):${to}\\b`).test(text);
      const reader = isNew ? 'the new one' : text.length < 60 ? text : 'the former one';
      const { reader: wanted = 'the new one' } = shape;
      tell({ shape, next, listensOn, told: inWords(line), reader });
      const due = toldBy(shape, next);
      expect.soft(line).toMatchObject({ path, ...due });
      expect.soft(line.servedBy).toBe(due.servedBy);
      expect(reader).toBe(wanted);
      if (line.result === 'made' && !shape.isMadeForReader) expect(origin.asked(name ?? '')).toBe(asked);
    });

    it.runIf(pages === 'shapes')(
      'an address of two sites is new on both, whoever was asked last',
      async () => {
        const domains = ['acme.shops.example', 'other.shops.example'];
        const readAll = () => Promise.all(domains.map((host) => readAs(pod.urlOf('/table'), { host })));
        for (const domain of domains) origin.publish(`${domain}.table`, '1');
        await readAll();
        for (const domain of domains) origin.publish(`${domain}.table`, '2');
        seq += 1;
        await pod.push({ after: seq - 1, upTo: seq, targets: [{ path: '/table' }] });
        for (const { text } of await readAll()) expect(text).toContain('rendered:2');
      },
    );
  });
}

function inWords({ result, status, to, servedBy, reason }: VisitLine): string {
  const what = to ? `${result} to \`${to}\`` : status && status >= 400 ? `${result} (${status})` : result;
  return [what, servedBy && `by \`${servedBy}\``, result === 'failed' && reason].filter(Boolean).join(', ');
}
