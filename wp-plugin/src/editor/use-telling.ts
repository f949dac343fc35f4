import { speak } from '@wordpress/a11y';
import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { Answer } from '../rest/api.ts';
import type { PostDelivery } from '../rest/shapes.ts';

const tooSoon = () => __('This was used a moment ago. Wait five seconds, then try again.', 'everypod');

export type Telling = { state: 'ready' | 'busy' | 'resting'; words: string; tell: () => void };

/** A button that tells the pods: one request at a time, once per five seconds, and words for what did not work. */
export function useTelling(
  ask: (postId: number) => Promise<Answer<PostDelivery>>,
  postId: number,
  onAnswer: (value: PostDelivery) => void,
): Telling {
  const [state, setState] = useState<Telling['state']>('ready');
  const [words, setWords] = useState('');
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(rest.current), []);

  const say = useCallback((text: string) => {
    setWords(text);
    speak(text, 'polite');
  }, []);

  const tell = useCallback(async () => {
    if (state === 'busy') return;
    if (state === 'resting') return say(tooSoon());
    setState('busy');
    setWords('');
    const answer = await ask(postId);
    const asked = answer.ok || answer.failure.status === 429;
    setState(asked ? 'resting' : 'ready');
    if (asked) {
      rest.current = setTimeout(() => {
        setState('ready');
        setWords('');
      }, limits.revalidateMs);
    }
    if (answer.ok) onAnswer(answer.value);
    else say(answer.failure.message);
  }, [state, ask, postId, onAnswer, say]);

  return { state, words, tell };
}
