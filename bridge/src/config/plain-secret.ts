import { limits } from '../limits.ts';
import { WrongValue } from './attempt.ts';

/**
 * The one secret that plain pods compare with, in whatever form they have it.
 * @throws {WrongValue} which never repeats it
 */
export function parsePlainSecret(text: string): string[] {
  const secret = text.trim();
  if (secret === '') throw new WrongValue('is empty. Write the secret that the plain pods compare with');
  if (secret.length > limits.plainSecretCharacters) {
    throw new WrongValue(`is longer than ${limits.plainSecretCharacters} characters, too long for a URL`);
  }
  if (/\p{Cc}/u.test(secret)) {
    throw new WrongValue('has several lines, or control characters. A call carries one secret, in one line');
  }
  return [secret];
}
