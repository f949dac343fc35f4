import { limits } from '../limits.ts';

/** Runs `callback` once, after `ms`. Returns a function that calls it off. */
export type Timer = (callback: () => void, ms: number) => () => void;

/** Whether anybody can see the page. `onChange` returns a function that stops listening. */
export type Visibility = { hidden(): boolean; onChange(listener: () => void): () => void };

type WatchOptions<T> = {
  ask: () => Promise<T>;
  onAnswer: (answer: T) => void;
  /** True when asking again would teach nothing more. */
  isLast: (answer: T) => boolean;
  timer?: Timer;
  visibility?: Visibility;
};

const browserTimer: Timer = (callback, ms) => {
  const id = setTimeout(callback, ms);
  return () => clearTimeout(id);
};

const browserVisibility: Visibility = {
  hidden: () => document.hidden,
  onChange: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

/**
 * Asks at once, then after 0.25, 0.25, 0.5, 1, 2 and every 5 s, each counted from the answer before, until the last answer.
 * Rests while the page is hidden, and asks at once when it is seen again. Returns a function that ends it.
 */
export function watch<T>({
  ask,
  onAnswer,
  isLast,
  timer = browserTimer,
  visibility = browserVisibility,
}: WatchOptions<T>): () => void {
  let answers = 0;
  let asking = false;
  let over = false;
  let callOff = () => {};

  const end = () => {
    over = true;
    callOff();
    stopListening();
  };

  const next = async () => {
    asking = true;
    const answer = await ask();
    asking = false;
    if (over) return;
    if (isLast(answer)) end();
    else rest();
    onAnswer(answer);
  };

  const rest = () => {
    const ms = limits.firstPollsMs[answers] ?? limits.pollMs;
    answers += 1;
    if (!visibility.hidden()) callOff = timer(next, ms);
  };

  const stopListening = visibility.onChange(() => {
    callOff();
    if (!visibility.hidden() && !asking) void next();
  });

  void next();
  return end;
}
