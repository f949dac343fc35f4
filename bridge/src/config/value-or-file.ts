import { readFileSync } from 'node:fs';
import { parseSecrets, type Secret } from '@everypod/contract';
import { z } from 'zod';
import { type JournalSetting, parseJournal } from '../journal/journal-setting.ts';
import { attempt, WrongValue } from './attempt.ts';

export type SecretSetting<Parsed = Secret> =
  | { kind: 'value'; secrets: Parsed[] }
  | { kind: 'file'; path: string };

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
  return optionalSecretSetting(name, parseSecrets).transform(
    attempt((setting): SecretSetting => {
      if (setting) return setting;
      throw new WrongValue(notSet(name));
    }),
  );
}

/** As {@link secretSetting}; null where neither is set. */
export function optionalSecretSetting<Parsed>(name: string, parse: (text: string) => Parsed[]) {
  return z.object({ value: z.string().optional(), file: z.string().optional() }).transform(
    attempt(({ value, file }): SecretSetting<Parsed> | null => {
      if (value && file) throw new WrongValue(`is set, and ${name}_FILE too. Set one of them`);
      if (value) return { kind: 'value', secrets: parse(value) };
      if (!file) return null;
      parse(readText(name, file));
      return { kind: 'file', path: file };
    }),
  );
}

export function notSet(name: string): string {
  return `is not set. Write the secret there, or a file's path in ${name}_FILE`;
}

function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new WrongValue(`${name}_FILE names ${path}, which the bridge's user cannot read. Is it mounted?`);
  }
}
