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

/** In this order, each on what those before it have left. */
export const actions: readonly Action[] = [
  ...comments,
  ...menus,
  ...options,
  ...templates,
  ...terms,
  ...users,
  ...media,
  ...types,
  ...pages,
  ...posts,
  ...programs,
];

const short = ['A post’s title is changed'];

/** A dozen of them, one of each kind. */
export const shortActions = actions.filter(({ name }) => short.includes(name));
