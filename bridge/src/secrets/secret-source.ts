import { readFileSync, statSync } from 'node:fs';
import { isCutOff, type Secret } from '@everypod/contract';
import type { SecretSetting } from '../config/value-or-file.ts';
import type { Log } from '../log.ts';

/** The secrets of this moment, newest first. */
export type SecretSource<Parsed = Secret> = { current(): readonly Parsed[] };

type Options<Parsed> = {
  parse: (text: string) => readonly Parsed[];
  log: Log;
  checkMs: number;
  now: () => number;
};

/** Reads a file again when it has changed; a value that can't be read or parsed leaves the last good one in use. */
export function createSecretSource<Parsed>(
  setting: SecretSetting<Parsed>,
  { parse, log, checkMs, now }: Options<Parsed>,
): SecretSource<Parsed> {
  if (setting.kind === 'value') return { current: () => setting.secrets };
  const { path } = setting;
  let lastGood = readFileSync(path, 'utf8');
  let secrets = parse(lastGood);
  let seen = fingerprint(path);
  let checkedAt = now();

  function readAgain() {
    const found = fingerprint(path);
    if (found === seen) return;
    seen = found;
    const text = readFileSync(path, 'utf8');
    if (isCutOff(text, lastGood)) throw new Error('The file is half-written.');
    secrets = parse(text);
    lastGood = text;
    log.info({ path, secrets: secrets.length }, 'secrets read again');
  }

  return {
    current() {
      const at = now();
      if (at - checkedAt >= checkMs || at < checkedAt) {
        checkedAt = at;
        try {
          readAgain();
        } catch (error) {
          log.warn(
            { path, reason: error instanceof Error ? error.message : 'unreadable' },
            'last good secrets kept',
          );
        }
      }
      return secrets;
    },
  };
}

/** Follows the symlink that a mounted Secret is swapped by. */
function fingerprint(path: string): string {
  const { ino, mtimeMs, size } = statSync(path);
  return `${ino} ${mtimeMs} ${size}`;
}
