import { _n, sprintf } from '@wordpress/i18n';
import type { Delivery } from '../rest/shapes.ts';
import { changeWords } from './change-words.ts';
import { subjectWords } from './subject-words.ts';

type About = Pick<Delivery, 'subject' | 'subjects' | 'change'>;

/** What a delivery is about: one thing by its name, several by how many of which kind: "50 posts, 1 term". */
export function aboutWords({ subject, subjects }: About): string {
  if (subjects.length < 2) return subjectWords(subject);
  const counts = new Map<string, number>();
  for (const { kind } of subjects) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => countWords(kind, count)).join(', ');
}

/** What was done, where that is the same for all. */
export function doneWords({ change, subjects }: About): string {
  const same = subjects.every((one) => one.change === (subjects[0]?.change ?? change));
  return same ? changeWords(subjects[0]?.change ?? change) : changeWords('content.changed');
}

/** A line for each, with what was done to it. */
export function eachInWords(subjects: Delivery['subjects']): string[] {
  return subjects.map((one) => `${subjectWords(one)} – ${changeWords(one.change)}`);
}

function countWords(kind: string, count: number): string {
  switch (kind) {
    case 'post':
      /* translators: %d: number of posts of whatever type. */
      return sprintf(_n('%d post', '%d posts', count, 'everypod'), count);
    case 'term':
      /* translators: %d: number of categories, tags and terms of other taxonomies. */
      return sprintf(_n('%d term', '%d terms', count, 'everypod'), count);
    case 'author':
      /* translators: %d: number of authors. */
      return sprintf(_n('%d author', '%d authors', count, 'everypod'), count);
    case 'site':
      /* translators: %d: number of changes of settings that show on the whole site. */
      return sprintf(_n('%d change of the site', '%d changes of the site', count, 'everypod'), count);
    default:
      /* translators: %d: number of other things that were changed. */
      return sprintf(_n('%d other', '%d others', count, 'everypod'), count);
  }
}
