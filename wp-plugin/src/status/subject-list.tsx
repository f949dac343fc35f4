import { __, sprintf } from '@wordpress/i18n';
import type { Delivery } from '../rest/shapes.ts';
import { eachInWords } from './about-words.ts';

/** What one delivery is about, where that is more than its line says. */
export function SubjectList({ subjects }: Pick<Delivery, 'subjects'>) {
  if (subjects.length < 2) return null;
  /* translators: %d: number of posts, terms and other things that were changed. */
  const summary = sprintf(__('What changed (%d)', 'everypod'), subjects.length);
  return (
    <details className="everypod-targets">
      <summary>{summary}</summary>
      <ul>
        {eachInWords(subjects).map((words, at) => (
          <li key={at}>{words}</li>
        ))}
      </ul>
    </details>
  );
}
