import type { Action } from './action.ts';

export const terms: Action[] = [];
