import { readFileSync } from 'node:fs';
import { InvalidSecret, isCutOff, type Secret } from '@everypod/contract';

/** The last text that parsed, so that a file caught half-written takes nobody's secret away. */
export type LastGood<One = Secret> = { text: string; secrets: readonly One[] };

export type SecretsRead<One = Secret> = { secrets: readonly One[]; trouble: string | null };

export type SecretSource<One> = {
  /** The variable; the one that names a file ends in `_FILE`. */
  name: string;
  file: string | undefined;
  text: string | undefined;
  parse: (text: string) => readonly One[];
};

/**
 * Reads secrets anew: rotation needs no restart. The file wins over the variable.
 * @param keep is given each good value, and returned as `lastGood` next time
 */
export function readSecrets<One>(
  { name, file, text: given, parse }: SecretSource<One>,
  lastGood: LastGood<One> | null,
  keep: (good: LastGood<One>) => void,
): SecretsRead<One> {
  const setBy = file === undefined ? name : `${name}_FILE`;
  try {
    const text = file === undefined ? given : readFileSync(file, 'utf8');
    if (text === undefined) return { secrets: [], trouble: `Neither ${name} nor ${name}_FILE is set.` };
    if (lastGood?.text === text) return { secrets: lastGood.secrets, trouble: null };
    if (lastGood !== null && isCutOff(text, lastGood.text)) {
      return {
        secrets: lastGood.secrets,
        trouble: `${setBy}: half-written, so the last good value is kept.`,
      };
    }
    const secrets = parse(text);
    keep({ text, secrets });
    return { secrets, trouble: null };
  } catch (error) {
    return { secrets: lastGood?.secrets ?? [], trouble: `${setBy}: ${causeOf(error)}` };
  }
}

/** The write-up's own secret, of whatever form. Files end with a line break that is no part of it. */
export function parseSharedSecret(text: string): readonly string[] {
  const secret = text.trim();
  if (secret === '') throw new InvalidSecret('There is no secret: the value is empty.');
  return [secret];
}

function causeOf(error: unknown): string {
  if (error instanceof InvalidSecret) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `the file could not be read (${code}).`;
}
