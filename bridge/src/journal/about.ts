import { type Evidence, evidenceSchema } from '@everypod/contract';
import { z } from 'zod';

/**
 * What visits for an event are told beside its path. Of what a page says it holds hashes and a time, and no words; it is
 * journaled apart from the event, and for no longer than its report is open.
 */
export type About = { site?: string; evidence?: Evidence };

const aboutSchema = z.object({ site: z.string().optional(), evidence: evidenceSchema.optional() });

/** Null for what can't be read: that it is missing is no failure. */
export function aboutOf(text: string): About | null {
  const { data } = aboutSchema.safeParse(JSON.parse(text));
  if (!data) return null;
  const { site, evidence } = data;
  return { ...(site !== undefined && { site }), ...(evidence && { evidence }) };
}
