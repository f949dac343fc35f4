import { PHASE_PRODUCTION_BUILD } from 'next/constants';

/** The name of the pod that renders, or `build` for what was baked into the image. */
export function whoRenders(): string {
  if (process.env.NEXT_PHASE === PHASE_PRODUCTION_BUILD) return 'build';
  return process.env.POD_NAME || 'an unnamed pod';
}
