import type { Step } from './action.ts';
import { customize } from './options.ts';

export const menus: Step[] = [
  {
    name: 'A menu item gets another label',
    way: 'REST',
    act: (site) => site.rest('POST', `/wp/v2/menu-items/${site.id('item 2')}`, { title: 'Far away' }),
  },
  {
    name: 'A menu gets one more item',
    way: 'REST',
    act: (site) =>
      site.rest('POST', '/wp/v2/menu-items', {
        title: 'One more',
        url: 'https://more.example/',
        status: 'publish',
        menus: site.id('nav_menu top-menu'),
        menu_order: 9,
      }),
  },
  {
    name: 'A menu item is deleted',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/menu-items/${site.id('item 1')}?force=true`),
  },
  {
    name: 'A menu stands at another place',
    way: 'REST',
    act: (site) =>
      site.rest('POST', `/wp/v2/menus/${site.id('nav_menu top-menu')}`, { locations: ['top', 'bottom'] }),
  },
  {
    name: 'A page that is in a menu gets another title',
    way: 'block editor',
    act: (site) => site.rest('PUT', `/wp/v2/pages/${site.id('page about')}`, { title: 'All about us' }),
  },
  {
    name: 'A menu is put at its place',
    way: 'Customizer',
    act: (site) => customize(site, { 'nav_menu_locations[bottom]': site.id('nav_menu bottom-menu') }),
  },
  {
    name: 'A menu item gets another address',
    way: 'Customizer',
    act: (site) =>
      customize(site, {
        [`nav_menu_item[${site.id('item 2')}]`]: {
          nav_menu_term_id: site.id('nav_menu top-menu'),
          position: 3,
          type: 'custom',
          title: 'Farther',
          url: 'https://farther.example/',
          status: 'publish',
          menu_item_parent: 0,
          object_id: 0,
          object: 'custom',
          target: '',
          classes: '',
          xfn: '',
          attr_title: '',
          description: '',
        },
      }),
  },
  {
    name: 'A menu item is moved by a program',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_update_post( array( 'ID' => ${site.id('item 2')}, 'menu_order' => 1 ) ); wp_update_post( array( 'ID' => ${site.id('item 0')}, 'menu_order' => 2 ) );`,
      ),
  },
  {
    name: 'A menu is deleted',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/menus/${site.id('nav_menu bottom-menu')}?force=true`),
  },
  {
    name: 'A page that is in a menu is thrown away',
    way: 'program',
    act: (site) => site.run(`wp_trash_post( ${site.id('page about')} );`),
  },
  {
    name: 'It is taken back',
    way: 'program',
    act: (site) =>
      site.run(`wp_untrash_post( ${site.id('page about')} ); wp_publish_post( ${site.id('page about')} );`),
  },
];
