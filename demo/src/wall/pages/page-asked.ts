import { z } from 'zod';
import { limits } from '../../limits.ts';

/** A path on a pod. It begins with one slash, so that it can't name another host. */
export const pageAsked = z
  .string()
  .max(limits.wallPathCharacters)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
  .catch('/');
