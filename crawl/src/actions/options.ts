import type { WordPress } from '../site/wordpress.ts';
import type { Step } from './action.ts';

/** What the Customizer sends when its Publish is pressed. */
export async function customize(site: WordPress, settings: Record<string, unknown>): Promise<void> {
  const html = await site.open('customize.php');
  const told = (pattern: RegExp) => pattern.exec(html)?.[1] ?? '';
  const values = Object.entries(settings).map(([name, value]) => [name, { value }]);
  const answer = await site.ajax({
    action: 'customize_save',
    wp_customize: 'on',
    customize_theme: told(/"theme":\{"stylesheet":"([^"]+)"/),
    customize_changeset_uuid: told(/"uuid":"([^"]+)"/),
    nonce: told(/"nonce":\{"save":"([^"]+)"/),
    customize_changeset_status: 'publish',
    customize_changeset_data: JSON.stringify(Object.fromEntries(values)),
  });
  if (!answer.includes('"success":true')) throw new Error(`The Customizer was answered ${answer}`);
}

export const options: Step[] = [
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
  {
    name: 'The site gets another tagline',
    way: 'Customizer',
    act: (site) => customize(site, { blogdescription: 'Customized' }),
  },
  {
    name: 'Times are written in another way',
    way: 'wp-admin',
    act: (site) =>
      site.submit('options-general.php', 'options.php', { time_format: 'H:i', time_format_custom: 'H:i' }),
  },
  {
    name: 'The avatar of those without one is another',
    way: 'program',
    act: (site) => site.run(`update_option( 'avatar_default', 'robohash' );`),
  },
  {
    name: 'Posts have other addresses',
    way: 'program',
    act: (site) =>
      site.run(
        `$GLOBALS['wp_rewrite']->set_permalink_structure( '/read/%postname%/' ); flush_rewrite_rules( false );`,
      ),
  },
  {
    name: 'A widget’s text is changed',
    way: 'REST',
    act: (site) =>
      site.rest('PUT', '/wp/v2/widgets/text-2', {
        instance: { raw: { title: 'Beside', text: 'Other words beside.' } },
      }),
  },
  {
    name: 'A widget is taken away',
    way: 'REST',
    act: (site) => site.rest('DELETE', '/wp/v2/widgets/recent-posts-2?force=true'),
  },
  {
    name: 'A theme’s setting is changed',
    way: 'program',
    act: (site) => site.run(`set_theme_mod( 'accent', 'blue' );`),
  },
  {
    name: 'A site has a logo',
    way: 'REST',
    act: (site) => site.rest('POST', '/wp/v2/settings', { site_logo: site.id('attachment banner') }),
  },
  {
    name: 'A setting of a plugin is changed that nobody shows',
    way: 'program',
    act: (site) => site.run(`update_option( 'users_can_register', '1' );`),
  },
];
