import { type Answer, addressOf, answerOfFetch, type Read } from './answer';

type Rounds = Map<string, Map<string, Promise<Answer>>>;
const place = Symbol.for('crawl.rounds');
const holder = globalThis as { [place]?: Rounds };

/** What WordPress says now; asked once in each round, in which nobody changes anything. */
export function now(round: string): Read {
  holder[place] ??= new Map();
  const rounds = holder[place];
  for (const old of rounds.keys()) if (old !== round) rounds.delete(old);
  const asked = rounds.get(round) ?? new Map<string, Promise<Answer>>();
  rounds.set(round, asked);
  return (route) => {
    const before = asked.get(route);
    if (before !== undefined) return before;
    const answer = fetch(addressOf(route), { cache: 'no-store' }).then((response) =>
      answerOfFetch(route, response),
    );
    asked.set(route, answer);
    return answer;
  };
}
