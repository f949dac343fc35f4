import type { WordPress } from '../site/wordpress.ts';
import type { Step } from './action.ts';

const save = (site: WordPress, name: string, fields: object) =>
  site.rest('PUT', `/wp/v2/categories/${site.id(`category ${name}`)}`, fields);

async function quickEdit(site: WordPress, taxonomy: string, slug: string, name: string): Promise<void> {
  const html = await site.open(`edit-tags.php?taxonomy=${taxonomy}`);
  const nonce = /id="_inline_edit" name="_inline_edit" value="([^"]+)"/.exec(html)?.[1] ?? '';
  await site.ajax({
    action: 'inline-save-tax',
    _inline_edit: nonce,
    taxonomy,
    tax_ID: site.id(`${taxonomy} ${slug}`),
    name,
    slug,
  });
}

export const terms: Step[] = [
  {
    name: 'A category gets another name',
    way: 'REST',
    act: (site) => save(site, 'local', { name: 'Around here' }),
  },
  {
    name: 'A tag gets another name',
    way: 'Quick Edit',
    act: (site) => quickEdit(site, 'post_tag', 'sea', 'The sea'),
  },
  {
    name: 'A category gets another description',
    way: 'REST',
    act: (site) => save(site, 'news', { description: 'What is new' }),
  },
  { name: 'A category is saved as it is', way: 'REST', act: (site) => save(site, 'news', {}) },
  {
    name: 'A field of a category is changed',
    way: 'REST',
    act: (site) => save(site, 'news', { meta: { colour: 'green' } }),
  },
  {
    name: 'A field of a category is filled in by a program',
    way: 'program',
    act: (site) => site.run(`update_term_meta( ${site.id('category culture')}, 'colour', 'amber' );`),
  },
  {
    name: 'A category gets another slug',
    way: 'REST',
    act: (site) => save(site, 'quiet', { slug: 'silent' }),
  },
  { name: 'It gets its old slug back', way: 'REST', act: (site) => save(site, 'quiet', { slug: 'quiet' }) },
  {
    name: 'A category is moved below another',
    way: 'REST',
    act: (site) => save(site, 'film', { parent: site.id('category news') }),
  },
  {
    name: 'It is moved back',
    way: 'REST',
    act: (site) => save(site, 'film', { parent: site.id('category culture') }),
  },
  {
    name: 'A category is new, and empty',
    way: 'wp-admin',
    act: (site) =>
      site.submit('edit-tags.php?taxonomy=category', 'addtag', { 'tag-name': 'To come', slug: 'to-come' }),
  },
  {
    name: 'A tag is new, and empty',
    way: 'REST',
    act: (site) => site.rest('POST', '/wp/v2/tags', { name: 'Brand new' }),
  },
  {
    name: 'The new category is deleted',
    way: 'program',
    act: (site) =>
      site.run(`wp_delete_term( get_term_by( 'slug', 'to-come', 'category' )->term_id, 'category' );`),
  },
  {
    name: 'A tag that posts have is deleted',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/tags/${site.id('post_tag ships')}?force=true`),
  },
  {
    name: 'A post gets a category by a program',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_set_post_categories( ${site.id('post storm')}, array( ${site.id('category culture')} ), true );`,
      ),
  },
  {
    name: 'A post loses a tag by a program',
    way: 'program',
    act: (site) => site.run(`wp_remove_object_terms( ${site.id('post market')}, 'harbour', 'post_tag' );`),
  },
  {
    name: 'A genre gets another name',
    way: 'REST',
    act: (site) => site.rest('PUT', `/wp/v2/genres/${site.id('genre poems')}`, { name: 'Verse' }),
  },
  {
    name: 'A shelf that nobody can open gets another name',
    way: 'program',
    act: (site) =>
      site.run(`wp_update_term( ${site.id('shelf upper')}, 'shelf', array( 'name' => 'Top shelf' ) );`),
  },
];
