import type { Pods as Standings } from '@everypod/contract';
import type { PodView } from '../../cluster.ts';
import { lastChange } from '../standings/standing.ts';

/** What may be said beyond that the copies agree: fresh from settled on, and never before. */
export function howFresh(pods: PodView[], standings: Standings | null): string {
  switch (lastChange(pods, standings)) {
    case 'settled':
      return 'Fresh: the last change that the bridge accepted has settled on every pod.';
    case 'settling':
      return 'The last change is settling: each pod applies it once more, for pages that were being made meanwhile.';
    case 'not known':
      return '';
  }
}
