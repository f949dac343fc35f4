import { __, _n, sprintf } from '@wordpress/i18n';
import { type OwnVisits, withResult } from './own-visits.ts';

/**
 * "3 of 3 pods made /hello anew at 14:03:07, and it shows the change." That a page was not seen to show it says nothing
 * against it, and is not spoken of; that it was seen to be older is.
 */
export function anewWords(own: OwnVisits, final: boolean, moment: (iso: string) => string): string | null {
  const made = withResult(own, 'made', 'seen').length;
  if (made === 0) return null;
  if (made < own.pods && !final) return soFarWords(own, made);
  const latest = latestOf(own);
  const anew = latest === null ? timelessWords(own, made) : timedWords(own, made, moment(latest));
  const older = withResult(own, 'made').find(({ line }) => line.reason)?.line.reason;
  if (older !== undefined) return `${anew}. ${older}`;
  if (withResult(own, 'seen').length < own.pods) return `${anew}.`;
  /* translators: %s: "3 of 3 pods made /hello anew at 14:03:07". */
  return sprintf(__('%s, and it shows the change.', 'everypod'), anew);
}

function soFarWords({ path, pods }: OwnVisits, made: number): string {
  return sprintf(
    /* translators: 1: number of pods that made a page anew. 2: number of pods. 3: path of the page. */
    _n(
      '%1$d of %2$d pod made %3$s anew so far.',
      '%1$d of %2$d pods made %3$s anew so far.',
      pods,
      'everypod',
    ),
    made,
    pods,
    path,
  );
}

function timelessWords({ path, pods }: OwnVisits, made: number): string {
  return sprintf(
    /* translators: 1: number of pods that made a page anew. 2: number of pods. 3: path of the page. */
    _n('%1$d of %2$d pod made %3$s anew', '%1$d of %2$d pods made %3$s anew', pods, 'everypod'),
    made,
    pods,
    path,
  );
}

function timedWords({ path, pods }: OwnVisits, made: number, time: string): string {
  return sprintf(
    /* translators: 1: number of pods that made a page anew. 2: number of pods. 3: path of the page. 4: a time of day. */
    _n(
      '%1$d of %2$d pod made %3$s anew at %4$s',
      '%1$d of %2$d pods made %3$s anew at %4$s',
      pods,
      'everypod',
    ),
    made,
    pods,
    path,
    time,
  );
}

function latestOf(own: OwnVisits): string | null {
  const moments = withResult(own, 'made', 'seen').flatMap(({ line }) => line.madeAt ?? []);
  return moments.sort((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? null;
}
