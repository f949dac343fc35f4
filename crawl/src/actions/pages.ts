import type { Action } from './action.ts';

export const pages: Action[] = [];
