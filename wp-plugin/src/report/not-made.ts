import { __, _n, sprintf } from '@wordpress/i18n';
import type { VisitLine } from '../rest/shapes.ts';
import { type OwnVisits, withResult } from './own-visits.ts';

export function failedWords(own: OwnVisits): string {
  const failed = withResult(own, 'failed');
  const [first] = failed;
  const said =
    first && failed.length === 1
      ? /* translators: 1: name of a pod. 2: path of a page. */
        sprintf(__('%1$s could not make %2$s anew', 'everypod'), first.pod.name, own.path)
      : sprintf(
          /* translators: 1: number of pods. 2: path of a page. */
          _n(
            '%1$d pod could not make %2$s anew',
            '%1$d pods could not make %2$s anew',
            failed.length,
            'everypod',
          ),
          failed.length,
          own.path,
        );
  const reason = failed.find(({ line }) => line.reason)?.line.reason;
  if (reason === undefined) return `${said}.`;
  /* translators: 1: what failed. 2: a sentence that says why. */
  return sprintf(__('%1$s: %2$s', 'everypod'), said, reason);
}

export function noPageWords({ path, status }: VisitLine): string {
  if (status === undefined) {
    return sprintf(
      /* translators: %s: path of a page. */
      __('No page of this site answers %s: does the site show posts under another address?', 'everypod'),
      path,
    );
  }
  return sprintf(
    /* translators: 1: path of a page. 2: status of an answer, such as 404. */
    __(
      'No page of this site answers %1$s (%2$d): does the site show posts under another address?',
      'everypod',
    ),
    path,
    status,
  );
}

export function leadsWords({ path, to }: VisitLine): string {
  if (!to) {
    /* translators: %s: path of a page. */
    return sprintf(__('%s leads elsewhere.', 'everypod'), path);
  }
  /* translators: 1: path of a page. 2: path of the page that it leads to. */
  return sprintf(__('%1$s leads to %2$s.', 'everypod'), path, to);
}

export function deniedWords(own: OwnVisits): string | null {
  if (withResult(own, 'denied').length === 0) return null;
  /* translators: %s: path of a page. */
  return sprintf(__('%s is behind a login, so it could not be looked at.', 'everypod'), own.path);
}

export function leftWords(own: OwnVisits): string | null {
  const left = withResult(own, 'left').length;
  if (left === 0) return null;
  return sprintf(
    /* translators: 1: path of a page. 2: number of pods. 3: number of all pods. The next visitor brings it about that the page is made anew. */
    _n(
      '%1$s is left to its next visitor on %2$d of %3$d pod.',
      '%1$s is left to its next visitor on %2$d of %3$d pods.',
      own.pods,
      'everypod',
    ),
    own.path,
    left,
    own.pods,
  );
}

export function notCachedWords(own: OwnVisits): string | null {
  if (withResult(own, 'not cached').length === 0) return null;
  /* translators: %s: path of a page. */
  return sprintf(__('%s is made anew for each visitor.', 'everypod'), own.path);
}
