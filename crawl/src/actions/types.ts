import type { WordPress } from '../site/wordpress.ts';
import { paragraph, type Step } from './action.ts';

const save = (site: WordPress, name: string, fields: object) =>
  site.rest('PUT', `/wp/v2/books/${site.id(`book ${name}`)}`, fields);

const classic = (site: WordPress, name: string, fields: Record<string, string>) =>
  site.submit(`post.php?post=${site.id(name)}&action=edit`, 'post', { action: 'editpost', ...fields });

export const types: Step[] = [
  {
    name: 'A book’s title is changed',
    way: 'classic editor',
    act: (site) => classic(site, 'book tides', { post_title: 'Tides and times' }),
  },
  {
    name: 'A book’s price is changed in its box',
    way: 'classic editor',
    act: (site) => classic(site, 'book gulls', { front_price: '8' }),
  },
  {
    name: 'A book’s price is changed by a program',
    way: 'program',
    act: (site) => site.run(`update_post_meta( ${site.id('book the-pier')}, 'price', '7' );`),
  },
  {
    name: 'A book is new',
    way: 'REST',
    act: (site) =>
      site.rest('POST', '/wp/v2/books', {
        title: 'To come',
        slug: 'to-come',
        status: 'publish',
        content: paragraph('A new book.'),
        meta: { price: '5' },
      }),
  },
  {
    name: 'A book is of another genre',
    way: 'REST',
    act: (site) => save(site, 'gulls', { genres: [site.id('genre novels')] }),
  },
  {
    name: 'A book is on no shelf any more',
    way: 'program',
    act: (site) => site.run(`wp_set_object_terms( ${site.id('book gulls')}, array(), 'shelf' );`),
  },
  {
    name: 'A book is thrown away',
    way: 'REST',
    act: (site) => site.rest('DELETE', `/wp/v2/books/${site.id('book tides')}`),
  },
  {
    name: 'What nobody can open is changed',
    way: 'classic editor',
    act: (site) => classic(site, 'testimonial ida-says', { content: 'Ida says that it is better.' }),
  },
  {
    name: 'What nobody can open is new',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_insert_post( array( 'post_type' => 'testimonial', 'post_status' => 'publish', 'post_title' => 'Kim says', 'menu_order' => 5, 'post_content' => 'Kim says so too.' ) );`,
      ),
  },
  {
    name: 'What nobody can open stands elsewhere in its order',
    way: 'program',
    act: (site) =>
      site.run(`wp_update_post( array( 'ID' => ${site.id('testimonial jon-says')}, 'menu_order' => 9 ) );`),
  },
  {
    name: 'What nobody can open is made a draft',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_update_post( array( 'ID' => ${site.id('testimonial jon-says')}, 'post_status' => 'draft' ) );`,
      ),
  },
  {
    name: 'What nobody can open is deleted for good',
    way: 'program',
    act: (site) => site.run(`wp_delete_post( ${site.id('testimonial ida-says')}, true );`),
  },
  {
    name: 'A book becomes a post',
    way: 'program',
    act: (site) => site.run(`set_post_type( ${site.id('book the-pier')}, 'post' );`),
  },
  {
    name: 'It becomes a book again',
    way: 'program',
    act: (site) => site.run(`set_post_type( ${site.id('book the-pier')}, 'book' );`),
  },
];
