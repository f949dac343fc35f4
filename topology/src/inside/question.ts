import type { Call } from '../../../demo/src/outbound.ts';

export type Question = { number: number; url: string; options: Omit<Call, 'signal'> };

export type Answer = { status: number; body: string } | { unanswered: string };
