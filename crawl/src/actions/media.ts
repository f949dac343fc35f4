import type { WordPress } from '../site/wordpress.ts';
import type { Step } from './action.ts';

const save = (site: WordPress, name: string, fields: object) =>
  site.rest('PUT', `/wp/v2/media/${site.id(`attachment ${name}`)}`, fields);

export const media: Step[] = [
  {
    name: 'A featured picture’s alt text is changed',
    way: 'REST',
    act: (site) => save(site, 'cover', { alt_text: 'Waves' }),
  },
  {
    name: 'A picture’s caption is changed',
    way: 'REST',
    act: (site) => save(site, 'inside', { caption: 'Inside the harbour' }),
  },
  {
    name: 'The alt text of an options page’s picture is changed',
    way: 'program',
    act: (site) =>
      site.run(
        `update_post_meta( ${site.id('attachment banner')}, '_wp_attachment_image_alt', 'A long banner' );`,
      ),
  },
  {
    name: 'A picture of a gallery gets another alt text',
    way: 'REST',
    act: (site) => save(site, 'first-in-gallery', { alt_text: 'The first' }),
  },
  {
    name: 'A picture gets another file',
    way: 'program',
    act: (site) =>
      site.run(
        `$id = ${site.id('attachment cover')}; $file = get_attached_file( $id ); copy( $file, dirname( $file ) . '/cover-anew.png' ); update_attached_file( $id, dirname( $file ) . '/cover-anew.png' ); wp_update_attachment_metadata( $id, array( 'width' => 1, 'height' => 1, 'file' => _wp_relative_upload_path( dirname( $file ) . '/cover-anew.png' ), 'sizes' => array() ) );`,
      ),
  },
  { name: 'A picture is added to the library', way: 'REST', act: (site) => site.upload('brand-new') },
  {
    name: 'A picture is added to a post’s gallery',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_update_post( array( 'ID' => ${site.id('attachment banner')}, 'post_parent' => ${site.id('post lighthouse')} ) );`,
      ),
  },
  {
    name: 'A picture of a gallery is deleted',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/media/${site.id('attachment second-in-gallery')}?force=true`),
  },
  {
    name: 'A featured picture is deleted',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/media/${site.id('attachment cover')}?force=true`),
  },
];
