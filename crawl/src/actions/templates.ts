import type { WordPress } from '../site/wordpress.ts';
import { paragraph, type Step } from './action.ts';
import { customize } from './options.ts';

async function themeOf(site: WordPress): Promise<string> {
  const [theme] = await site.rest<{ stylesheet: string }[]>('GET', '/wp/v2/themes?status=active');
  return theme?.stylesheet ?? '';
}

export const templates: Step[] = [
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
  {
    name: 'A part of a template is changed',
    way: 'REST',
    act: async (site) =>
      site.rest('PUT', `/wp/v2/template-parts/${await themeOf(site)}//header`, {
        content: paragraph('A header of our own'),
      }),
  },
  {
    name: 'It is what the theme brought',
    way: 'REST',
    act: async (site) =>
      site.rest('DELETE', `/wp/v2/template-parts/${await themeOf(site)}//header?force=true`),
  },
  {
    name: 'A template is changed',
    way: 'REST',
    act: async (site) =>
      site.rest('PUT', `/wp/v2/templates/${await themeOf(site)}//single`, {
        content: paragraph('A template of our own'),
      }),
  },
  {
    name: 'Global styles are changed',
    way: 'REST',
    act: async (site) => {
      const id = await site.run(
        `wp_set_current_user( 1 ); echo WP_Theme_JSON_Resolver::get_user_global_styles_post_id();`,
      );
      await site.rest('PUT', `/wp/v2/global-styles/${id.trim()}`, {
        styles: { color: { background: '#123456' } },
      });
    },
  },
  {
    name: 'The theme’s own CSS is added to',
    way: 'Customizer',
    act: async (site) => customize(site, { [`custom_css[${await themeOf(site)}]`]: 'body { color: red }' }),
  },
  {
    name: 'A synced pattern is deleted for good',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/blocks/${site.id('wp_block call-us')}?force=true`),
  },
  {
    name: 'A navigation is new',
    way: 'REST',
    act: (site) =>
      site.rest('POST', '/wp/v2/navigation', {
        title: 'Another',
        status: 'publish',
        content: '<!-- wp:navigation-link {"label":"More","url":"/more"} /-->',
      }),
  },
];
