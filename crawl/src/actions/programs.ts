import type { Action } from './action.ts';

export const programs: Action[] = [];
