import type { Step } from './action.ts';

export const users: Step[] = [
  {
    name: 'An author gets another name',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/users/${site.id('user ada')}`, { name: 'Ada Bell-Hook' }),
  },
  {
    name: 'An author’s description is changed',
    way: 'REST',
    act: (site) =>
      site.rest('PUT', `/wp/v2/users/${site.id('user ben')}`, { description: 'Ben writes at night' }),
  },
  {
    name: 'An author changes a profile',
    way: 'wp-admin',
    act: (site) =>
      site.submit(`user-edit.php?user_id=${site.id('user ben')}`, 'your-profile', {
        description: 'Ben writes by day',
        action: 'update',
      }),
  },
  {
    name: 'A field of an author is changed',
    way: 'program',
    act: (site) => site.run(`update_user_meta( ${site.id('user ada')}, 'pronouns', 'she' );`),
  },
  {
    name: 'An author’s address, and so the avatar, is changed',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/users/${site.id('user ada')}`, { email: 'ada.bell@example.org' }),
  },
  {
    name: 'Somebody without posts gets another name',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/users/${site.id('user cleo')}`, { name: 'Cleo D.' }),
  },
  {
    name: 'Somebody new may write',
    way: 'REST',
    act: (site) =>
      site.rest('POST', '/wp/v2/users', {
        username: 'dora',
        name: 'Dora Elm',
        email: 'dora@example.org',
        password: 'password',
        roles: ['author'],
      }),
  },
  {
    name: 'Somebody’s first post is published',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_insert_post( array( 'post_title' => 'The first of Dora', 'post_name' => 'first-of-dora', 'post_status' => 'publish', 'post_author' => get_user_by( 'login', 'dora' )->ID, 'post_date' => '2026-02-20 09:00:00', 'post_content' => 'Hello.' ) );`,
      ),
  },
  {
    name: 'An author has another slug',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/users/${site.id('user ben')}`, { slug: 'benjamin' }),
  },
  {
    name: 'The slug is what it was',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/users/${site.id('user ben')}`, { slug: 'ben' }),
  },
  {
    name: 'An author is deleted, and another gets the posts',
    way: 'program',
    act: (site) =>
      site.run(
        `require_once ABSPATH . 'wp-admin/includes/user.php'; wp_delete_user( get_user_by( 'login', 'dora' )->ID, ${site.id('user ada')} );`,
      ),
  },
  {
    name: 'Somebody signs in',
    way: 'wp-admin',
    act: (site) => site.visit('/wp-login.php', { log: 'ben', pwd: 'password', testcookie: '1' }),
  },
];
