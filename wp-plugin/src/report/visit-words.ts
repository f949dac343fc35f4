import { __, _n, sprintf } from '@wordpress/i18n';
import type { VisitLine } from '../rest/shapes.ts';

/**
 * What came of visiting one page of one pod: "/hello made anew at 14:03:07 (served by /en/hello), seen".
 * @param moment puts an ISO time in words
 * @returns null for a result that is not known here
 */
export function visitWords(line: VisitLine, moment: (iso: string) => string): string | null {
  switch (line.result) {
    case 'made':
      return withReason(servedWords(line, moment), line);
    case 'seen':
      /* translators: %s: what came of making a page, such as "/hello made anew at 14:03:07". The page was seen to show what is new. */
      return sprintf(__('%s, seen', 'everypod'), servedWords(line, moment));
    case 'failed':
      return failedWords(line);
    case 'no page':
      return noPageWords(line);
    case 'redirected':
      return leadsWords(line);
    case 'denied':
      /* translators: %s: path of a page. */
      return sprintf(__('%s behind a login', 'everypod'), line.path);
    case 'left':
      /* translators: %s: path of a page. The next visitor brings it about that the page is made anew. */
      return sprintf(__('%s left to its next visitor', 'everypod'), line.path);
    case 'not cached':
      /* translators: %s: path of a page. */
      return sprintf(__('%s made anew for each visitor', 'everypod'), line.path);
    case 'gone':
      return goneWords(line);
    default:
      return null;
  }
}

function servedWords(line: VisitLine, moment: (iso: string) => string): string {
  const made = madeWords(line, moment);
  if (line.servedBy === undefined || line.servedBy === line.path) return made;
  /* translators: 1: what came of making a page, such as "/hello made anew at 14:03:07". 2: the path that the page has inside the site. */
  return sprintf(__('%1$s (served by %2$s)', 'everypod'), made, line.servedBy);
}

function madeWords({ path, madeAt }: VisitLine, moment: (iso: string) => string): string {
  if (madeAt === undefined) {
    /* translators: %s: path of a page. */
    return sprintf(__('%s made anew', 'everypod'), path);
  }
  /* translators: 1: path of a page. 2: a time of day. */
  return sprintf(__('%1$s made anew at %2$s', 'everypod'), path, moment(madeAt));
}

function failedWords(line: VisitLine): string {
  const { path, tries } = line;
  const failed =
    tries > 0
      ? sprintf(
          /* translators: 1: path of a page. 2: how often it was tried. */
          _n('%1$s not made anew after %2$d try', '%1$s not made anew after %2$d tries', tries, 'everypod'),
          path,
          tries,
        )
      : /* translators: %s: path of a page. */
        sprintf(__('%s not made anew', 'everypod'), path);
  return withReason(failed, line);
}

function withReason(said: string, { reason }: VisitLine): string {
  if (!reason) return said;
  /* translators: 1: what came of making a page anew. 2: a sentence that says more of it. */
  return sprintf(__('%1$s: %2$s', 'everypod'), said, reason);
}

function goneWords({ path, to, status }: VisitLine): string {
  if (to) {
    /* translators: 1: path of a page that is no longer there, as it was to be. 2: path of the page that it leads to instead. */
    return sprintf(__('%1$s gone, leads to %2$s', 'everypod'), path, to);
  }
  if (status === undefined) {
    /* translators: %s: path of a page that is no longer there, as it was to be. */
    return sprintf(__('%s gone', 'everypod'), path);
  }
  /* translators: 1: path of a page that is no longer there, as it was to be. 2: status of an answer, such as 404. */
  return sprintf(__('%1$s gone (%2$d)', 'everypod'), path, status);
}

function noPageWords({ path, status }: VisitLine): string {
  if (status === undefined) {
    /* translators: %s: path of a page. */
    return sprintf(__('no page at %s', 'everypod'), path);
  }
  /* translators: 1: path of a page. 2: status of an answer, such as 404. */
  return sprintf(__('no page at %1$s (%2$d)', 'everypod'), path, status);
}

function leadsWords({ path, to }: VisitLine): string {
  if (!to) {
    /* translators: %s: path of a page. */
    return sprintf(__('%s leads elsewhere', 'everypod'), path);
  }
  /* translators: 1: path of a page. 2: path of the page that it leads to. */
  return sprintf(__('%1$s leads to %2$s', 'everypod'), path, to);
}
