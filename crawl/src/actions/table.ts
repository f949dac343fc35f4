import type { Action } from './action.ts';
import { comments } from './comments.ts';
import { media } from './media.ts';
import { menus } from './menus.ts';
import { options } from './options.ts';
import { pages } from './pages.ts';
import { posts } from './posts.ts';
import { programs } from './programs.ts';
import { templates } from './templates.ts';
import { terms } from './terms.ts';
import { types } from './types.ts';
import { users } from './users.ts';

// biome-ignore format: one line for each would say no more.
const steps = { comments, menus, options, templates, terms, users, media, types, pages, posts, programs };

/** In this order, each on what those before it have left. */
export const actions: readonly Action[] = Object.entries(steps).flatMap(([of, all]) =>
  all.map((step) => ({ of, ...step })),
);

const short = [
  'A visitor’s comment is shown at once',
  'A menu item gets another label',
  'A field of an options page is changed',
  'A synced pattern is changed',
  'A category gets another name',
  'An author gets another name',
  'A featured picture’s alt text is changed',
  'What nobody can open is changed',
  'A page with pages below it is made a draft',
  'A new post is published',
  'A title is changed',
  'A post is thrown away',
];

/** A dozen of them, of each kind and each way. */
export const shortActions = actions.filter(({ name }) => short.includes(name));
