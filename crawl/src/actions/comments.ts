import type { Step } from './action.ts';

export const comments: Step[] = [
  {
    name: 'A visitor’s comment is shown at once',
    way: 'visitor',
    act: (site) =>
      site.visit('/wp-comments-post.php', {
        comment: 'I was there as well',
        author: 'Zoe',
        email: 'zoe@example.org',
        comment_post_ID: site.id('post storm'),
      }),
  },
  {
    name: 'A comment is approved',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/comments/${site.id('comment Xeno')}`, { status: 'approved' }),
  },
  {
    name: 'A comment’s text is changed',
    way: 'REST',
    act: (site) =>
      site.rest('PUT', `/wp/v2/comments/${site.id('comment Vera')}`, { content: 'Vera thought again' }),
  },
  {
    name: 'A comment is answered',
    way: 'REST',
    act: (site) =>
      site.rest('POST', '/wp/v2/comments', {
        post: site.id('post lead'),
        parent: site.id('comment Yara'),
        content: 'An answer to Yara',
      }),
  },
  {
    name: 'A comment is marked as spam',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/comments/${site.id('comment Walt')}`, { status: 'spam' }),
  },
  {
    name: 'It is no spam',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_unspam_comment( ${site.id('comment Walt')} ); wp_set_comment_status( ${site.id('comment Walt')}, 'approve' );`,
      ),
  },
  {
    name: 'A comment is thrown away',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/comments/${site.id('comment Walt')}`),
  },
  {
    name: 'A comment is deleted for good',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/comments/${site.id('comment Xeno')}?force=true`),
  },
  {
    name: 'A comment comes that is held back',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_insert_comment( array( 'comment_post_ID' => ${site.id('post storm')}, 'comment_author' => 'Held', 'comment_content' => 'Held back', 'comment_approved' => 0 ) );`,
      ),
  },
  {
    name: 'An approved comment is added by a program',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_insert_comment( array( 'comment_post_ID' => ${site.id('post market')}, 'comment_author' => 'Program', 'comment_content' => 'By a program', 'comment_approved' => 1 ) );`,
      ),
  },
  {
    name: 'Its author’s name is changed',
    way: 'program',
    act: (site) =>
      site.run(
        `$one = get_comments( array( 'post_id' => ${site.id('post market')} ) )[0]; wp_update_comment( array( 'comment_ID' => $one->comment_ID, 'comment_author' => 'Somebody' ) );`,
      ),
  },
];
