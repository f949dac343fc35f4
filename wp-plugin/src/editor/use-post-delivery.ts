import { speak } from '@wordpress/a11y';
import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import { announcementOf } from '../report/announcement.ts';
import { type Answer, api } from '../rest/api.ts';
import type { PostDelivery } from '../rest/shapes.ts';
import { watch } from '../rest/watch.ts';
import { unsentWords } from './unsent-words.ts';

type PostAnswer = Answer<PostDelivery>;

/** Asking again helps against an outage, not against "you may not" or "there is nothing". */
function isLast(answer: PostAnswer): boolean {
  if (!answer.ok) return answer.failure.status >= 400 && answer.failure.status < 500;
  return !answer.value.configured || (answer.value.delivery?.final ?? true);
}

/** What is worth saying aloud of an answer, after the one before it of the same save. */
function wordsFor(before: PostDelivery | null, now: PostDelivery): string | null {
  if (now.unsent) return before?.unsent ? null : unsentWords();
  return now.delivery && announcementOf(before?.delivery ?? null, now.delivery);
}

/**
 * The last delivery of a post, followed until it is final. `answer` is null while the first one is on its way.
 * `follow` starts anew, after a save; `show` does so from an answer that is already here.
 */
export function usePostDelivery(postId: number) {
  const [answer, setAnswer] = useState<PostAnswer | null>(null);
  const shown = useRef<PostDelivery | null>(null);
  const end = useRef(() => {});

  const take = useCallback((next: PostAnswer, aloud: boolean) => {
    const words = aloud && next.ok ? wordsFor(shown.current, next.value) : null;
    if (words) speak(words, 'polite');
    shown.current = next.ok ? next.value : null;
    setAnswer(next);
  }, []);

  const start = useCallback(
    (firstAloud: boolean) => {
      end.current();
      let aloud = firstAloud;
      end.current = watch({
        ask: () => api.postDelivery(postId),
        isLast,
        onAnswer: (next) => {
          take(next, aloud);
          aloud = true;
        },
      });
    },
    [postId, take],
  );

  const follow = useCallback(() => {
    shown.current = null;
    setAnswer(null);
    start(true);
  }, [start]);

  const show = useCallback(
    (value: PostDelivery) => {
      take({ ok: true, value }, true);
      start(true);
    },
    [start, take],
  );

  useEffect(() => {
    // What happened before the editor was opened is shown, not announced.
    start(false);
    return () => end.current();
  }, [start]);

  return { answer, follow, show };
}
