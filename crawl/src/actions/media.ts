import type { Action } from './action.ts';

export const media: Action[] = [];
