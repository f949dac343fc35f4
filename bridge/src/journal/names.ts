import { randomBytes } from 'node:crypto';

/** Of an epoch, or of one life of a program that writes the journal. */
export function newName(): string {
  return randomBytes(12).toString('base64url');
}
