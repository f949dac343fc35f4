import type { WordPress } from '../site/wordpress.ts';
import { paragraph, type Step } from './action.ts';

const save = (site: WordPress, name: string, fields: object) =>
  site.rest('PUT', `/wp/v2/pages/${site.id(`page ${name}`)}`, fields);

export const pages: Step[] = [
  {
    name: 'A page’s own text is changed',
    way: 'block editor',
    act: (site) => save(site, 'landing', { content: paragraph('Land here.') }),
  },
  {
    name: 'A page that has pages below it gets another title',
    way: 'block editor',
    act: (site) => save(site, 'team', { title: 'All of the team' }),
  },
  {
    name: 'Pages stand in another order',
    way: 'block editor',
    act: (site) => save(site, 'press', { menu_order: 0 }),
  },
  {
    name: 'A page is new below another',
    way: 'block editor',
    act: (site) =>
      site.rest('POST', '/wp/v2/pages', {
        title: 'Jobs',
        slug: 'jobs',
        status: 'publish',
        parent: site.id('page about'),
      }),
  },
  {
    name: 'A page with pages below it gets another slug',
    way: 'block editor',
    act: (site) => save(site, 'team', { slug: 'crew' }),
  },
  {
    name: 'Its slug is what it was',
    way: 'block editor',
    act: (site) => save(site, 'team', { slug: 'team' }),
  },
  {
    name: 'A page with pages below it is moved below another',
    way: 'block editor',
    act: (site) => save(site, 'team', { parent: site.id('page contact') }),
  },
  {
    name: 'A page is moved to the top',
    way: 'block editor',
    act: (site) => save(site, 'team', { parent: 0 }),
  },
  {
    name: 'It is where it was',
    way: 'block editor',
    act: (site) => save(site, 'team', { parent: site.id('page about') }),
  },
  {
    name: 'A page with pages below it is made a draft',
    way: 'block editor',
    act: (site) => save(site, 'team', { status: 'draft' }),
  },
  {
    name: 'A page with pages below it is published',
    way: 'block editor',
    act: (site) => save(site, 'team', { status: 'publish' }),
  },
  {
    name: 'A page with pages below it is thrown away',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/pages/${site.id('page team')}`),
  },
  {
    name: 'The page is taken out of the trash',
    way: 'program',
    act: (site) =>
      site.run(`wp_untrash_post( ${site.id('page team')} ); wp_publish_post( ${site.id('page team')} );`),
  },
  {
    name: 'A page with pages below it is deleted for good',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/pages/${site.id('page team')}?force=true`),
  },
  {
    name: 'A page is the front page',
    way: 'program',
    act: (site) =>
      site.run(
        `update_option( 'show_on_front', 'page' ); update_option( 'page_on_front', ${site.id('page landing')} );`,
      ),
  },
];
