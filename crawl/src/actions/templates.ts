import { type Action, paragraph } from './action.ts';

export const templates: Action[] = [
  {
    name: 'A synced pattern is changed',
    way: 'REST',
    act: (site) =>
      site.rest('PUT', `/wp/v2/blocks/${site.id('wp_block call-us')}`, {
        content: paragraph('Write to us instead.'),
      }),
  },
  {
    name: 'A navigation is changed',
    way: 'REST',
    act: (site) =>
      site.rest('PUT', `/wp/v2/navigation/${site.id('wp_navigation site-navigation')}`, {
        content: '<!-- wp:navigation-link {"label":"Start","url":"/"} /-->',
      }),
  },
];
