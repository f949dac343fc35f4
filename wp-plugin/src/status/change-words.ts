import { __ } from '@wordpress/i18n';

/** What the editor did, in plain words. A change that another plugin names keeps its name. */
export function changeWords(change: string): string {
  switch (change) {
    case 'post.published':
      return __('published', 'everypod');
    case 'post.updated':
      return __('updated', 'everypod');
    case 'post.unpublished':
      return __('unpublished', 'everypod');
    case 'post.trashed':
      return __('moved to the trash', 'everypod');
    case 'post.deleted':
      return __('deleted', 'everypod');
    case 'post.revalidated':
      return __('revalidated', 'everypod');
    case 'connection.tested':
      return __('connection tested', 'everypod');
    default:
      return change;
  }
}
