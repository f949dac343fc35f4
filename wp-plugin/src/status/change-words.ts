import { __ } from '@wordpress/i18n';

/** What was done, in plain words. A change that another plugin names keeps its name. */
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
      return __('revalidated by hand', 'everypod');
    case 'post.taken_down':
      return __('taken down by hand', 'everypod');
    case 'comment.added':
      return __('comment added', 'everypod');
    case 'comment.updated':
      return __('comment updated', 'everypod');
    case 'comment.removed':
      return __('comment removed', 'everypod');
    case 'term.created':
      return __('term created', 'everypod');
    case 'term.updated':
      return __('term updated', 'everypod');
    case 'term.deleted':
      return __('term deleted', 'everypod');
    case 'author.created':
      return __('user created', 'everypod');
    case 'author.updated':
      return __('author updated', 'everypod');
    case 'author.deleted':
      return __('author deleted', 'everypod');
    case 'menu.updated':
      return __('menu updated', 'everypod');
    case 'site.updated':
      return __('site settings updated', 'everypod');
    case 'options.updated':
      return __('options updated', 'everypod');
    case 'theme.updated':
      return __('theme updated', 'everypod');
    case 'theme.switched':
      return __('theme switched', 'everypod');
    case 'content.changed':
      return __('changed', 'everypod');
    case 'connection.tested':
      return __('connection tested', 'everypod');
    default:
      return change;
  }
}
