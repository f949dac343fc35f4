import { type Answer, addressOf, answerOfFetch, type Read } from './answer';

type Held = {
  /** All that has ever been asked for. */
  routes: Set<string>;
  rounds: Map<string, Promise<Map<string, Promise<Answer>>>>;
};
const place = Symbol.for('crawl.rounds');
const holder = globalThis as { [place]?: Held };

/**
 * What WordPress says now; asked once in each round, in which nobody changes anything.
 * @param round where it begins with `together`, what earlier rounds have asked for is asked for in one go
 */
export function now(round: string): Read {
  holder[place] ??= { routes: new Set(), rounds: new Map() };
  const { routes, rounds } = holder[place];
  for (const old of rounds.keys()) if (old !== round) rounds.delete(old);
  const begun = rounds.get(round) ?? (round.startsWith('together') ? together([...routes]) : empty());
  rounds.set(round, begun);
  return async (route) => {
    const asked = await begun;
    routes.add(route);
    const before = asked.get(route);
    if (before !== undefined) return before;
    const answer = fetch(addressOf(route), { cache: 'no-store' }).then((response) =>
      answerOfFetch(route, response),
    );
    asked.set(route, answer);
    return answer;
  };
}

const empty = async () => new Map<string, Promise<Answer>>();

async function together(routes: string[]): Promise<Map<string, Promise<Answer>>> {
  if (routes.length === 0) return empty();
  const response = await fetch(addressOf('/front/v1/at-once'), {
    method: 'POST',
    body: JSON.stringify({ routes }),
    headers: { 'content-type': 'application/json' },
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`WordPress answered ${response.status}: ${await response.text()}`);
  const answers: Answer[] = await response.json();
  return new Map(routes.map((route, at) => [route, Promise.resolve(answers[at] as Answer)]));
}
