import type { Action } from './action.ts';

export const types: Action[] = [];
