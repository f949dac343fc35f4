import { rm } from 'node:fs/promises';
import { createChanges } from './changes.ts';
import { startBridgeOf } from './start/bridge.ts';
import { createNews } from './start/news.ts';
import { choosePlaces } from './start/places.ts';
import { startPods } from './start/pods.ts';
import { startService } from './start/service.ts';
import type { Start } from './start/start.ts';
import { tellThatAllRuns } from './start/told.ts';
import { startWall } from './start/wall.ts';
import { startWordPressOf } from './start/wordpress.ts';

/** Starts one part after the other and wires them. Pending for as long as all runs. */
export async function startAll(options: Omit<Start, 'changes' | 'news'>): Promise<never> {
  const start: Start = { ...options, changes: createChanges(), news: createNews() };
  const { readyFile } = start.wish;
  if (readyFile) await rm(readyFile, { force: true });

  const places = await choosePlaces(start.wish);
  const kubelet = await startService(start, places);
  const { bridge, lastReport } = await startBridgeOf(start, places);
  const wordpress = await startWordPressOf(start, places);
  const { pods, standings } = await startPods(start, places, { kubelet, wordpress });
  await startWall(start, places, { bridge, wordpress, pods, standings, lastReport });
  await tellThatAllRuns(start, places, { kubelet, wordpress, pods });
  return wordpress.server.earlyEnd;
}
