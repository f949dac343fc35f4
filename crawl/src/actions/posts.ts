import type { WordPress } from '../site/wordpress.ts';
import { paragraph, type Step } from './action.ts';

const save = (site: WordPress, name: string, fields: object) =>
  site.rest('PUT', `/wp/v2/posts/${site.id(`post ${name}`)}`, fields);

async function quickEdit(site: WordPress, name: string, fields: Record<string, string>): Promise<void> {
  const [type = 'post'] = name.split(' ');
  const html = await site.open(`edit.php?post_type=${type}`);
  const nonce = /id="_inline_edit" name="_inline_edit" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const id = site.id(name);
  const row = new RegExp(`id="inline_${id}"([\\s\\S]*?)</div>\\s*</td>`).exec(html)?.[1] ?? '';
  const kept = (key: string) => new RegExp(`class="${key}">([^<]*)<`).exec(row)?.[1] ?? '';
  const categories = /id="category_\d+">([^<]*)</.exec(row)?.[1] ?? '';
  await site.ajax([
    ...Object.entries({
      action: 'inline-save',
      _inline_edit: nonce,
      post_ID: String(id),
      post_type: type,
      screen: `edit-${type}`,
      post_view: 'list',
      edit_date: 'true',
      post_title: kept('post_title'),
      post_name: kept('post_name'),
      post_author: kept('post_author'),
      comment_status: kept('comment_status'),
      ping_status: kept('ping_status'),
      _status: kept('_status'),
      jj: kept('jj'),
      mm: kept('mm'),
      aa: kept('aa'),
      hh: kept('hh'),
      mn: kept('mn'),
      ss: kept('ss'),
      post_password: kept('post_password'),
      ...fields,
    }),
    ...(type === 'post'
      ? categories.split(',').map((one): [string, string] => ['post_category[]', one])
      : []),
  ]);
}

async function bulkEdit(site: WordPress, names: string[], fields: [string, string][]): Promise<void> {
  const html = await site.open('edit.php');
  const nonce = /id="_wpnonce" name="_wpnonce" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const given = new URLSearchParams([
    ['action', 'edit'],
    ['bulk_edit', 'Update'],
    ['post_type', 'post'],
    ['screen', 'edit-post'],
    ['post_view', 'list'],
    ['_wpnonce', nonce],
    ['_status', '-1'],
    ['post_author', '-1'],
    ['comment_status', ''],
    ['ping_status', ''],
    ['sticky', '-1'],
    ...names.map((name): [string, string] => ['post[]', String(site.id(`post ${name}`))]),
    ...fields,
  ]);
  await site.open(`edit.php?${given}`);
}

/** One link of the list of posts, such as its Trash. */
async function press(site: WordPress, name: string, link: string, list = 'edit.php'): Promise<void> {
  const html = await site.open(list);
  const pattern = new RegExp(
    `href="([^"]*post=${site.id(`post ${name}`)}&(?:amp;|#038;)action=${link}[^"]*)"`,
  );
  const href = pattern.exec(html)?.[1]?.replace(/&amp;|&#038;/g, '&');
  if (href === undefined) throw new Error(`The list has no link ${link} for ${name}.`);
  await site.open(href.replace(/^.*\/wp-admin\//, ''));
}

export const posts: Step[] = [
  {
    name: 'A post’s title is changed',
    way: 'block editor',
    act: (site) => save(site, 'storm', { title: 'After the great storm' }),
  },
  {
    name: 'A post’s text is changed',
    way: 'block editor',
    act: (site) => save(site, 'ferry-late', { content: paragraph('It came in the end.') }),
  },
  {
    name: 'A post’s excerpt is changed',
    way: 'block editor',
    act: (site) => save(site, 'lighthouse', { excerpt: 'A short word on the light' }),
  },
  { name: 'A post is saved as it is', way: 'block editor', act: (site) => save(site, 'market', {}) },
  {
    name: 'A new post is published',
    way: 'block editor',
    act: (site) =>
      site.rest('POST', '/wp/v2/posts', {
        title: 'To come',
        slug: 'to-come',
        status: 'publish',
        content: paragraph('Here it is.'),
        categories: [site.id('category news')],
      }),
  },
  {
    name: 'A draft is written that nobody sees',
    way: 'block editor',
    act: (site) => site.rest('POST', '/wp/v2/posts', { title: 'A draft', status: 'draft' }),
  },
  {
    name: 'A post gets another slug',
    way: 'block editor',
    act: (site) => save(site, 'new-year', { slug: 'renamed' }),
  },
  {
    name: 'A post is moved to another category',
    way: 'block editor',
    act: (site) => save(site, 'evening', { categories: [site.id('category quiet')] }),
  },
  { name: 'A post loses a tag', way: 'block editor', act: (site) => save(site, 'lead', { tags: [] }) },
  {
    name: 'A post gets a tag that nothing had',
    way: 'block editor',
    act: (site) => save(site, 'lead', { tags: [site.id('post_tag unused')] }),
  },
  {
    name: 'A post gets another author',
    way: 'block editor',
    act: (site) => save(site, 'spring', { author: site.id('user cleo') }),
  },
  {
    name: 'A post gets an earlier date, in another month',
    way: 'block editor',
    act: (site) => save(site, 'second-film', { date: '2025-12-05T09:00:00' }),
  },
  {
    name: 'A post is made sticky',
    way: 'block editor',
    act: (site) => save(site, 'first-film', { sticky: true }),
  },
  {
    name: 'A post is no longer sticky',
    way: 'block editor',
    act: (site) => save(site, 'first-film', { sticky: false }),
  },
  {
    name: 'A post gets a password',
    way: 'block editor',
    act: (site) => save(site, 'winter-fair', { password: 'shut' }),
  },
  {
    name: 'A post loses its password',
    way: 'block editor',
    act: (site) => save(site, 'secret', { password: '' }),
  },
  {
    name: 'A post becomes private',
    way: 'block editor',
    act: (site) => save(site, 'winter-fair', { password: '', status: 'private' }),
  },
  {
    name: 'A private post is public again',
    way: 'block editor',
    act: (site) => save(site, 'winter-fair', { status: 'publish' }),
  },
  {
    name: 'A post is taken back to a draft',
    way: 'block editor',
    act: (site) => save(site, 'ferry-late', { status: 'draft' }),
  },
  {
    name: 'It is published again',
    way: 'block editor',
    act: (site) => save(site, 'ferry-late', { status: 'publish' }),
  },
  {
    name: 'A post gets a featured picture',
    way: 'block editor',
    act: (site) => save(site, 'market', { featured_media: site.id('attachment inside') }),
  },
  {
    name: 'A post loses its featured picture',
    way: 'block editor',
    act: (site) => save(site, 'market', { featured_media: 0 }),
  },
  {
    name: 'A field of a post is changed',
    way: 'block editor',
    act: (site) => save(site, 'lead', { meta: { subtitle: 'And nothing came of it' } }),
  },
  {
    name: 'A post’s comments are closed',
    way: 'block editor',
    act: (site) => save(site, 'lead', { comment_status: 'closed' }),
  },
  {
    name: 'A post is given another format',
    way: 'block editor',
    act: (site) => save(site, 'lead', { format: 'quote' }),
  },
  {
    name: 'A title is changed',
    way: 'Quick Edit',
    act: (site) => quickEdit(site, 'post lighthouse', { post_title: 'The old lighthouse' }),
  },
  {
    name: 'A date is changed',
    way: 'Quick Edit',
    act: (site) => quickEdit(site, 'post lighthouse', { jj: '13' }),
  },
  {
    name: 'Three posts get another author',
    way: 'Bulk Edit',
    act: (site) =>
      bulkEdit(site, ['harbour-opens', 'storm', 'market'], [['post_author', String(site.id('user cleo'))]]),
  },
  {
    name: 'Two posts get one more category',
    way: 'Bulk Edit',
    act: (site) =>
      bulkEdit(
        site,
        ['harbour-opens', 'market'],
        [
          ['post_category[]', '0'],
          ['post_category[]', String(site.id('category film'))],
        ],
      ),
  },
  {
    name: 'Two posts are made sticky',
    way: 'Bulk Edit',
    act: (site) => bulkEdit(site, ['harbour-opens', 'market'], [['sticky', 'sticky']]),
  },
  { name: 'A post is thrown away', way: 'list of posts', act: (site) => press(site, 'first-film', 'trash') },
  {
    name: 'It is taken out of the trash',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_untrash_post( ${site.id('post first-film')} ); wp_publish_post( ${site.id('post first-film')} );`,
      ),
  },
  {
    name: 'A post is deleted for good',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/posts/${site.id('post spring')}?force=true`),
  },
  {
    name: 'A post comes out at its time',
    way: 'WP-Cron',
    before: (site) =>
      site.rest('POST', '/wp/v2/posts', {
        title: 'Scheduled',
        slug: 'scheduled',
        status: 'future',
        content: paragraph('On time.'),
        date_gmt: new Date(Date.now() + 3_600_000).toISOString().slice(0, 19),
        categories: [site.id('category local')],
      }),
    act: (site) =>
      site.run(`$id = get_posts( array( 'name' => 'scheduled', 'post_status' => 'future' ) )[0]->ID;
$GLOBALS['wpdb']->update( $GLOBALS['wpdb']->posts, array( 'post_date' => '2026-03-20 09:00:00', 'post_date_gmt' => '2026-03-20 09:00:00' ), array( 'ID' => $id ) );
clean_post_cache( $id );
define( 'DOING_CRON', true );
do_action( 'publish_future_post', $id );`),
  },
];
