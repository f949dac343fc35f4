import type { Action } from './action.ts';

export const options: Action[] = [
  {
    name: 'A field of an options page is changed',
    way: 'program',
    act: (site) => site.run(`update_option( 'options_phone', '4567' );`),
  },
  {
    name: 'A field of an options page is filled in for the first time',
    way: 'program',
    act: (site) => site.run(`add_option( 'options_notice', 'Closed today' );`),
  },
  {
    name: 'A field of an options page is emptied',
    way: 'program',
    act: (site) => site.run(`delete_option( 'options_notice' );`),
  },
  {
    name: 'The site gets another name',
    way: 'REST',
    act: (site) => site.rest('POST', '/wp/v2/settings', { title: 'The Great Crawl' }),
  },
  {
    name: 'Dates are written in another way',
    way: 'REST',
    act: (site) => site.rest('POST', '/wp/v2/settings', { date_format: 'Y-m-d' }),
  },
  {
    name: 'The site is in another time zone',
    way: 'REST',
    act: (site) => site.rest('POST', '/wp/v2/settings', { timezone: 'Europe/Berlin' }),
  },
  {
    name: 'Search engines are asked to stay away',
    way: 'program',
    act: (site) => site.run(`update_option( 'blog_public', '0' );`),
  },
];
