import type { Call } from './plan.ts';

/** What Next.js puts before a path or a pattern to make a tag of it. */
export const ofPath = '_N_T_';

/** The tag by which Next.js itself forgets what a call names. */
export function tagOfCall(call: Call): string {
  if ('tag' in call) return call.tag;
  const { path, scope } = call;
  if (scope === undefined) return `${ofPath}${path}`;
  return `${ofPath}${path.endsWith('/') ? path : `${path}/`}${scope}`;
}
