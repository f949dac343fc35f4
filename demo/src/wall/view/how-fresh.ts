import type { Pods as Standings } from '@everypod/contract';
import type { PodView } from '../../cluster.ts';
import { lastChange } from '../standings/standing.ts';

/** What may be said beyond that the copies agree: fresh from settled on, and never before. */
export function howFresh(pods: PodView[], standings: Standings | null): string {
  switch (lastChange(pods, standings)) {
    case 'settled':
      return 'Fresh: the last change that the bridge accepted has settled on every pod.';
    case 'settling':
      return 'The last change is settling: its pages are being made anew.';
    case 'old':
      return 'Old: the pods know of the last change, but WordPress can’t be reached. They make their pages anew once it is back.';
    case 'not known':
      return '';
  }
}
