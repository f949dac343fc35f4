import type { Target } from '@everypod/contract';
import { limits } from '../limits.ts';
import type { Log } from '../log.ts';

type Named = { name: string; value: string };

/** The lines of a fan-out, in the words of the write-up, which people look for with grep. */
export const say = {
  received(
    log: Log,
    { pod, fanout, named }: { pod: string; fanout: boolean; named: readonly Named[] },
  ): void {
    const shown = named
      .slice(0, limits.targetsNamedInLog)
      .map(({ name, value }) => ({ name, value: clean(value) }));
    const more = named.length - shown.length;
    const words = shown.map(({ name, value }) => `${name}=${value}`).join(' ');
    const fields = Object.fromEntries(shown.toReversed().map(({ name, value }) => [name, value]));
    log(
      'info',
      `[revalidate] ${fanout ? 'fanout' : 'primary'} pod=${pod} ${words}${more > 0 ? ` and ${more} more` : ''}`,
      { pod, ...fields },
    );
  },
  calls(log: Log, { pod, to }: { pod: string; to: readonly string[] }): void {
    log('info', `[revalidate] fan-out from ${pod} to [${to.join(', ')}]`, { pod, to });
  },
  answered(
    log: Log,
    { pod, to, status, ms, came }: { pod: string; to: string; status?: number; ms: number; came: string },
  ): void {
    const fields = { pod, to, ms, ...(status !== undefined && { status }) };
    log(came === 'told' ? 'info' : 'warn', `[revalidate] fan-out to ${to} → ${status ?? came}`, fields);
  },
};

/** Slugs first, as in the write-up's lines, whatever else stands in the message. */
export function namesOf(targets: readonly Target[]): Named[] {
  const named = targets.map(nameOf);
  const bySlug = ({ name }: Named) => name === 'slug';
  return [...named.filter(bySlug), ...named.filter((one) => !bySlug(one))];
}

function nameOf(target: Target): Named {
  if ('tag' in target) return { name: 'tag', value: target.tag };
  if ('topic' in target) return { name: 'topic', value: target.topic };
  const slug = target.path.replace(/^\/|\/$/g, '');
  return slug === '' || 'scope' in target
    ? { name: 'path', value: target.path }
    : { name: 'slug', value: slug };
}

/** One line stays one line, and no value can look like the end of it. */
function clean(value: string): string {
  return value.replace(/[\p{C}\p{Z}]/gu, '\uFFFD').slice(0, limits.loggedCharacters);
}
