import type { Step } from './action.ts';

export const programs: Step[] = [
  {
    name: 'A post’s title is changed past WordPress, and its copy in memory cleared',
    way: 'program',
    act: (site) =>
      site.run(
        `$id = ${site.id('post evening')}; $GLOBALS['wpdb']->update( $GLOBALS['wpdb']->posts, array( 'post_title' => 'Another evening' ), array( 'ID' => $id ) ); clean_post_cache( $id );`,
      ),
  },
  {
    name: 'A post’s title is changed by a program',
    way: 'program',
    act: (site) =>
      site.run(
        `wp_update_post( array( 'ID' => ${site.id('post market')}, 'post_title' => 'All market days' ) );`,
      ),
  },
  {
    name: 'A field of a post is changed by a program',
    way: 'program',
    act: (site) => site.run(`update_post_meta( ${site.id('post lead')}, 'subtitle', 'By a program' );`),
  },
  {
    name: 'A field of a post is deleted by a program',
    way: 'program',
    act: (site) => site.run(`delete_post_meta( ${site.id('post lead')}, 'subtitle' );`),
  },
  {
    name: 'A post is stuck by a program',
    way: 'program',
    act: (site) => site.run(`stick_post( ${site.id('post storm')} );`),
  },
  {
    name: 'A post is unstuck by a program',
    way: 'program',
    act: (site) => site.run(`unstick_post( ${site.id('post storm')} );`),
  },
  {
    name: 'A featured picture is set by a program',
    way: 'program',
    act: (site) =>
      site.run(`set_post_thumbnail( ${site.id('post market')}, ${site.id('attachment inside')} );`),
  },
  {
    name: 'Twenty posts are imported',
    way: 'importer',
    act: (site) =>
      site.run(`define( 'WP_IMPORTING', true ); wp_defer_term_counting( true ); wp_suspend_cache_invalidation( true );
for ( $n = 1; $n <= 20; $n++ ) { $id = wp_insert_post( array( 'post_title' => "Imported $n", 'post_name' => "imported-$n", 'post_status' => 'publish', 'post_date' => "2026-01-02 10:00:00", 'post_content' => 'Imported.' ) ); wp_set_post_categories( $id, array( ${site.id('category quiet')} ) ); }
wp_suspend_cache_invalidation( false ); wp_defer_term_counting( false );`),
  },
  {
    name: 'All that was imported is deleted',
    way: 'program',
    act: (site) =>
      site.run(
        `foreach ( get_posts( array( 'numberposts' => -1, 's' => 'Imported' ) ) as $post ) { wp_delete_post( $post->ID, true ); }`,
      ),
  },
  {
    name: 'A post is changed and changed back in one request',
    way: 'program',
    act: (site) =>
      site.run(
        `$id = ${site.id('post lead')}; $old = get_post( $id )->post_title; wp_update_post( array( 'ID' => $id, 'post_title' => 'For a moment' ) ); wp_update_post( array( 'ID' => $id, 'post_title' => $old ) );`,
      ),
  },
  {
    name: 'Something is cached for a while',
    way: 'program',
    act: (site) => site.run(`set_transient( 'front_something', time(), 60 );`),
  },
  {
    name: 'An option is saved that no page shows',
    way: 'program',
    act: (site) => site.run(`update_option( 'some_plugin_state', time() );`),
  },
  {
    name: 'A post is opened in its editor and locked',
    way: 'wp-admin',
    act: (site) => site.open(`post.php?post=${site.id('post lead')}&action=edit`),
  },
];
