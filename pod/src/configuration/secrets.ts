import { readFileSync } from 'node:fs';
import { InvalidSecret, isCutOff, parseSecrets, type Secret } from '@everypod/contract';

/** The last text that parsed, so that a file caught half-written takes nobody's secret away. */
export type LastGood = { text: string; secrets: readonly Secret[] };

export type SecretsRead = { secrets: readonly Secret[]; trouble: string | null };

/**
 * Reads the pod secrets anew: rotation needs no restart. The file wins over the variable.
 * @param keep is given each good value, and returned as `lastGood` next time
 */
export function readSecrets(
  source: { file?: string | undefined; text?: string | undefined },
  lastGood: LastGood | null,
  keep: (good: LastGood) => void,
): SecretsRead {
  const name = source.file === undefined ? 'EVERYPOD_POD_SECRET' : 'EVERYPOD_POD_SECRET_FILE';
  try {
    const text = source.file === undefined ? source.text : readFileSync(source.file, 'utf8');
    if (text === undefined) {
      return { secrets: [], trouble: 'Neither EVERYPOD_POD_SECRET nor EVERYPOD_POD_SECRET_FILE is set.' };
    }
    if (lastGood?.text === text) return { secrets: lastGood.secrets, trouble: null };
    if (lastGood !== null && isCutOff(text, lastGood.text)) {
      return { secrets: lastGood.secrets, trouble: `${name}: half-written, so the last good value is kept.` };
    }
    const secrets = parseSecrets(text);
    keep({ text, secrets });
    return { secrets, trouble: null };
  } catch (error) {
    return { secrets: lastGood?.secrets ?? [], trouble: `${name}: ${causeOf(error)}` };
  }
}

function causeOf(error: unknown): string {
  if (error instanceof InvalidSecret) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `the file could not be read (${code}).`;
}
