import type { PodCopy } from './copies.ts';

/** How the copies that visitors can get compare; only ready pods have visitors. */
export type Verdict = {
  kind: 'agree' | 'differ' | 'nothing to compare';
  sentence: string;
  /** The content of the copy that was rendered last. */
  newest: string | null;
};

export function judge(podCopies: PodCopy[]): Verdict {
  const ready = podCopies.filter(({ pod }) => pod.phase === 'ready');
  const shown = ready.flatMap(({ pod, copy }) => (copy ? { name: pod.name, copy } : []));
  const silent = ready.filter(({ unanswered }) => unanswered !== null).map(({ pod }) => pod.name);
  const newest = newestOf(shown.map(({ copy }) => copy));
  const older = shown.filter(({ copy }) => copy.content !== newest).map(({ name }) => name);
  const silence =
    silent.length > 0 ? ` ${listed(silent)} ${silent.length > 1 ? "don't" : "doesn't"} answer.` : '';

  if (newest === null) {
    const sentence = ready.length === 0 ? 'No pod is ready yet.' : `No copy has been seen yet.${silence}`;
    return { kind: 'nothing to compare', sentence, newest };
  }
  if (older.length > 0) {
    const shows = older.length > 1 ? 'show older copies' : 'shows an older copy';
    return { kind: 'differ', sentence: `${listed(older)} ${shows}.${silence}`, newest };
  }
  return { kind: 'agree', sentence: `${agreement(shown.length, silent.length)}${silence}`, newest };
}

function agreement(shown: number, silent: number): string {
  if (shown === 1) return silent > 0 ? 'Only one pod answers.' : 'There is only one ready pod.';
  return silent > 0 ? `The ${shown} pods that answer agree.` : `All ${shown} pods agree.`;
}

/** A render that began later read WordPress later, so what it shows is the newer. */
function newestOf(copies: { content: string; renderedAt: Date | null }[]): string | null {
  const [first] = copies.toSorted((a, b) => (b.renderedAt?.getTime() ?? 0) - (a.renderedAt?.getTime() ?? 0));
  return first?.content ?? null;
}

function listed(names: string[]): string {
  return new Intl.ListFormat('en').format(names);
}
