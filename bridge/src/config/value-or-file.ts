import { readFileSync } from 'node:fs';
import { parseSecrets, type Secret } from '@everypod/contract';
import { z } from 'zod';
import { type JournalSetting, parseJournal } from '../journal/journal-setting.ts';
import { attempt, WrongValue } from './attempt.ts';

export type SecretSetting = { kind: 'value'; secrets: Secret[] } | { kind: 'file'; path: string };

/** The address of a Valkey holds a password, so it may stand in a file. */
export function journalSetting() {
  const optional = z.string().optional();
  return z.object({ value: optional, file: optional, vouched: optional }).transform(
    attempt(({ value, file, vouched }): JournalSetting => {
      if (value && file) throw new WrongValue('is set, and EVERYPOD_JOURNAL_FILE too. Set one of them');
      const text = file ? readText('EVERYPOD_JOURNAL', file).trim() : value;
      if (!text)
        throw new WrongValue(
          'is not set. Write sqlite:PATH with a path on a volume that outlives the bridge, or, for several ' +
            'bridges, redis:// and the host of a Valkey',
        );
      return parseJournal(text, vouched);
    }),
  );
}

/** One variable or the file that another one names. */
export function secretSetting(name: string) {
  return z.object({ value: z.string().optional(), file: z.string().optional() }).transform(
    attempt(({ value, file }): SecretSetting => {
      if (value && file) throw new WrongValue(`is set, and ${name}_FILE too. Set one of them`);
      if (file) return readableFile(name, file);
      if (value) return { kind: 'value', secrets: parseSecrets(value) };
      throw new WrongValue(`is not set. Write the secret there, or a file's path in ${name}_FILE`);
    }),
  );
}

function readableFile(name: string, path: string): SecretSetting {
  parseSecrets(readText(name, path));
  return { kind: 'file', path };
}

function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new WrongValue(`${name}_FILE names ${path}, which the bridge's user cannot read. Is it mounted?`);
  }
}
