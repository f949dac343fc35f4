import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { limits } from '../limits.ts';

/** A signing secret, parsed and ready for HMAC. */
export type Secret = KeyObject;

export class InvalidSecret extends Error {
  override name = 'InvalidSecret';
}

const form = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/**
 * Parses `whsec_<base64>`.
 * @throws {InvalidSecret} when the form is wrong or it is shorter than 24 bytes. The message never repeats the secret.
 */
export function parseSecret(text: string): Secret {
  const match = form.exec(text);
  if (!match) {
    throw new InvalidSecret(
      "A secret is whsec_ and then padded base64. Make one with: node -e \"console.log('whsec_'+crypto.randomBytes(32).toString('base64'))\"",
    );
  }
  const bytes = Buffer.from(match[1] ?? '', 'base64');
  if (bytes.length < limits.secretBytes) {
    throw new InvalidSecret(
      `A secret has at least ${limits.secretBytes} bytes; this one has ${bytes.length}.`,
    );
  }
  return createSecretKey(bytes);
}

/**
 * Parses one or several secrets, separated by white space: the first is the newest.
 * @throws {InvalidSecret} when there is none, or when any is malformed.
 */
export function parseSecrets(text: string): Secret[] {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  if (parts.length === 0) throw new InvalidSecret('There is no secret: the value is empty.');
  if (parts.length > limits.signaturesPerMessage) {
    throw new InvalidSecret(
      `There are ${parts.length} secrets; at most ${limits.signaturesPerMessage} are used at once. Remove the oldest.`,
    );
  }
  return parts.map(parseSecret);
}

/**
 * Whether a text breaks off within a secret of the last good one, as a file does while it is written: what is left may
 * have the form of a secret. One that ends where a secret ends is a rotation, which takes an old secret away.
 */
export function isCutOff(text: string, lastGood: string): boolean {
  const next = lastGood.charAt(text.length);
  return lastGood.startsWith(text) && /\S$/.test(text) && /\S/.test(next);
}

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
