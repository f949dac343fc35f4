import { type Chronicle, openChronicle } from '../chronicle/chronicle.ts';
import { watchStalls } from '../chronicle/stalls.ts';
import { createRandom } from '../seed/random.ts';
import { type Command, commandSchema, type Done, type Order } from './commands.ts';
import { type ModelPod, startModelPod } from './model-pod.ts';

const overheardKept = 40;

/** A process that runs many pods, each at its own address, as its parent orders. It ends when its parent does. */
function runHost([name = 'host', chroniclePath = '', seed = ''] = process.argv.slice(2)) {
  const chronicle = openChronicle(chroniclePath);
  const host = createHost(name, chronicle, seed);
  watchStalls(name, chronicle);
  process.on('disconnect', () => process.exit(0));
  process.on('unhandledRejection', (reason) =>
    console.log(JSON.stringify({ level: 'error', reason: String(reason) })),
  );
  process.on('message', (message) => {
    const { number, order } = commandSchema.parse(message);
    void obey(host, { number, order }).then((done) => process.send?.(done));
  });
  process.send?.({ number: 0, ok: true, value: [] } satisfies Done);
}

async function obey(host: Host, { number, order }: Command): Promise<Done> {
  try {
    return { number, ok: true, value: await host(order) };
  } catch (error) {
    return { number, ok: false, value: [String(error)] };
  }
}

type Host = (order: Order) => Promise<string[]>;

function createHost(host: string, chronicle: Chronicle, seed: string): Host {
  const pods = new Map<string, ModelPod>();
  const random = createRandom(seed);
  const overheard: string[] = [];

  function podAt(ip: string): ModelPod {
    const pod = pods.get(ip);
    if (!pod) throw new Error(`No pod runs at ${ip}.`);
    return pod;
  }

  return async (order) => {
    switch (order.do) {
      case 'birth': {
        const pod = await startModelPod({
          birth: order.birth,
          host,
          chronicle,
          random: random.fork(order.birth.name),
          overheard(push) {
            overheard.push(push.toString('base64'));
            if (overheard.length > overheardKept) overheard.shift();
          },
        });
        pods.set(order.birth.ip, pod);
        return [pod.instance];
      }
      case 'death':
        await podAt(order.ip).close();
        pods.delete(order.ip);
        return [];
      case 'wire':
        await podAt(order.ip).front.set(order.fault);
        return [];
      case 'bridge':
        podAt(order.ip).environment.EVERYPOD_BRIDGE_URL = order.url;
        return [];
      case 'clock':
        podAt(order.ip).setSkewMs(order.skewMs);
        return [];
      case 'overheard':
        return [...overheard];
    }
  };
}

if (import.meta.main) runHost();
