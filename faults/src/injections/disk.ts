import { whileTaken } from './bridge.ts';
import { type Injection, NotPossible } from './injection.ts';

/** Events are refused with a reason meanwhile, and nothing that was accepted is lost. */
export const diskInjections: Injection[] = [
  {
    name: 'disk: full',
    inject: whileTaken(async ({ journal: { disk } }) => {
      if (disk === null) throw new NotPossible('This user may not mount a small disk for the journal.');
      disk.fill();
      return { on: 'journal', undo: async () => disk.makeRoom() };
    }),
  },
];
