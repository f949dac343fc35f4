import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import type { Answer } from './api.ts';
import { watch } from './watch.ts';

/** Being refused does not change by asking again; anything else may. */
function isRefusal<T>(answer: Answer<T>): boolean {
  return !answer.ok && answer.failure.status >= 400 && answer.failure.status < 500;
}

/** Keeps asking as long as the screen is seen. `again` asks at once. Null until the first answer. */
export function useWatched<T>(ask: () => Promise<Answer<T>>): {
  answer: Answer<T> | null;
  again: () => void;
} {
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const end = useRef(() => {});
  const again = useCallback(() => {
    end.current();
    end.current = watch({ ask, onAnswer: setAnswer, isLast: isRefusal });
  }, [ask]);
  useEffect(() => {
    again();
    return () => end.current();
  }, [again]);
  return { answer, again };
}
