import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startPod } from '../../../fan-out/tests/pod.ts';
import { loopbackAddress } from '../pods/addresses.ts';
import { tellListening } from '../programs/told.ts';
import type { Makes } from './makes.ts';

const settings = z
  .object({
    BENCH_PODS: z.coerce.number().int().min(1),
    BENCH_POD_SECRET: z.string(),
    BENCH_MAKE_MS: z.coerce.number().min(0),
  })
  .parse(process.env);

const makes: Makes = { made: 0, underWay: 0, most: 0 };
const urls: string[] = [];
let port = 0;
for (let index = 0; index < settings.BENCH_PODS; index += 1) {
  const pod = await startPod({ secret: settings.BENCH_POD_SECRET, ip: loopbackAddress(index), port });
  port = pod.port;
  pod.isSecond = true;
  pod.takesVisits = true;
  pod.misbehave(({ response, proper }) => {
    const { headers, body } = proper();
    pod.settle({ how: 'drained' });
    // What a minute of them would hold in memory.
    pod.pushes.length = 0;
    response.writeHead(200, headers).end(body);
  });
  pod.visit = async ({ path }) => {
    makes.underWay += 1;
    makes.most = Math.max(makes.most, makes.underWay);
    await sleep(settings.BENCH_MAKE_MS);
    makes.underWay -= 1;
    makes.made += 1;
    pod.grants.length = 0;
    tell();
    return { path, result: 'made', status: 200, tries: 1, madeAt: new Date().toISOString() };
  };
  urls.push(`http://${pod.identity.ip}:${pod.port}`);
}

const waiting = new Set<{ made: number; response: ServerResponse }>();

function tell() {
  for (const one of waiting) {
    if (makes.made < one.made) continue;
    waiting.delete(one);
    one.response.end(JSON.stringify(makes));
  }
}

/** No pod knows of the others, so this process is asked; it answers once so many pages have been made. */
const teller = createServer(({ url = '' }, response) => {
  waiting.add({ made: Number(new URL(url, 'http://pods').searchParams.get('made')), response });
  tell();
});
teller.listen(0, '127.0.0.1', () => {
  const { port: tellerPort } = teller.address() as AddressInfo;
  tellListening([`http://127.0.0.1:${tellerPort}`, ...urls]);
});
