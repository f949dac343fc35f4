import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { event, probe, quick, reportOf, send, startBridge, startWorld } from '../harness.ts';

it('A8 the second look says nothing more of an event whose report is final', async () => {
  const lines: unknown[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const world = await startWorld();
  const pod = await world.addPod(11);
  const bridge = await startBridge(world, { log, limits: { ...quick, secondLookMs: 1_200 } });
  await probe(bridge, pod);
  const { id } = await send(bridge, event(), { wait: 5 });
  pod.settle();
  await probe(bridge, pod);
  const report = await reportOf(bridge, id);
  expect(report).toMatchObject({ state: 'settled', final: true, counts: { pods: 1 } });
  const metricsThen = await finishedEvents(bridge);

  const late = await world.addPod(12);
  await vi.waitFor(() => expect(late.applied).toContain('path /hello'), 5_000);
  await vi.waitFor(() => expect(late.cursor?.seq).toBe(report.seq), 5_000);
  late.settle();
  await probe(bridge, late);

  const said = z.array(z.object({ msg: z.string(), id: z.string().optional() })).parse(lines);
  const ofEvent = said.filter((line) => line.id === id && !line.msg.startsWith('[revalidate]'));
  expect(ofEvent.map(({ msg }) => msg)).toEqual(['event', 'event', 'pods appeared after the report']);
  expect(await reportOf(bridge, id)).toEqual(report);
  expect(await finishedEvents(bridge)).toEqual(metricsThen);
});

async function finishedEvents({ url }: { url: string }) {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return metrics.split('\n').filter((line) => line.startsWith('everypod_event_seconds_count'));
}
