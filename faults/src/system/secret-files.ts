import { renameSync, writeFileSync } from 'node:fs';
import { newSecret } from '@everypod/contract';

/** A secret in a file, as a mounted Secret is; it can be rotated while everybody uses it. */
export type SecretFile = {
  path: string;
  /** Every secret that was ever in it. */
  used(): string[];
  /** Newest first. */
  current(): string[];
  /** The new one signs beside the old one from now on. */
  add(): void;
  /** Only the newest stays. */
  dropOld(): void;
  /** What a reader meets who comes in the middle of a write that is not atomic. */
  halfWrite(): void;
  restore(): void;
};

export function createSecretFile(path: string): SecretFile {
  const used = [newSecret()];
  let current = [...used];

  function put(text: string) {
    writeFileSync(`${path}.next`, text);
    renameSync(`${path}.next`, path);
  }
  const restore = () => put(`${current.join('\n')}\n`);
  restore();

  return {
    path,
    used: () => used,
    current: () => current,
    add() {
      const added = newSecret();
      used.push(added);
      current = [added, ...current].slice(0, 3);
      restore();
    },
    dropOld() {
      current = current.slice(0, 1);
      restore();
    },
    halfWrite: () => put((current[0] ?? '').slice(0, 19)),
    restore,
  };
}
