import { __, sprintf } from '@wordpress/i18n';
import type { Delivery } from '../rest/shapes.ts';

/** What was changed: by its title, else by what it is. A kind that another plugin names keeps its name. */
export function subjectWords({ kind, id, title }: Delivery['subject']): string {
  if (title !== '') return title;
  switch (kind) {
    case 'post':
      /* translators: %s: id of a post that has no title. */
      return sprintf(__('post %s', 'everypod'), id);
    case 'term':
      /* translators: %s: id of a term that has no name. */
      return sprintf(__('term %s', 'everypod'), id);
    case 'author':
      /* translators: %s: id of an author who has no name. */
      return sprintf(__('author %s', 'everypod'), id);
    case 'site':
      return __('the site', 'everypod');
    case 'options':
      return __('options of the site', 'everypod');
    case 'connection':
      return __('connection test', 'everypod');
    default:
      return `${kind} ${id}`;
  }
}
