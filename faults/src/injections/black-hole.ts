import { openBlackHole } from '../wire/open-black-hole.ts';
import type { Injection } from './injection.ts';
import { takePod } from './victim.ts';

/** As behind a network that is gone: connections are neither accepted nor refused. */
export const blackHoleInjections: Injection[] = [
  {
    name: 'pod: in a black hole, no SYN is answered',
    async inject(system, random) {
      const { pods, programs, network } = system;
      const { pod, release } = takePod(system, random);
      await pods.wire(pod, { kind: 'refuse', scope: 'all', amount: 0 });
      const comeBack = async () => {
        await pods.wire(pod, null);
        release();
      };
      try {
        const hole = await openBlackHole(programs, { ip: pod.ip, port: network.podPort });
        return {
          on: pod.name,
          async undo() {
            await hole.close();
            await comeBack();
          },
        };
      } catch (error) {
        await comeBack();
        throw error;
      }
    },
  },
];
