import type { Action } from './action.ts';

export const users: Action[] = [];
