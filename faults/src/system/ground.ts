import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Chronicle, openChronicle } from '../chronicle/chronicle.ts';
import { watchStalls } from '../chronicle/stalls.ts';
import { type Network, takeNetwork } from '../network.ts';
import type { Programs } from '../processes/programs.ts';
import { createRandom, type Random } from '../seed/random.ts';
import type { SystemOptions } from './options.ts';
import { createSecretFile, type SecretFile } from './secret-files.ts';

/** What everything in a system stands on. */
export type Ground = {
  options: SystemOptions;
  network: Network;
  random: Random;
  chronicle: Chronicle;
  chronicles: string;
  programs: Programs;
  secrets: { sender: SecretFile; pods: SecretFile };
};

export async function takeGround(programs: Programs, options: SystemOptions): Promise<Ground> {
  const network = await takeNetwork();
  const chronicles = join(options.folder, 'chronicles');
  const chronicle = openChronicle(join(chronicles, 'harness.jsonl'));
  watchStalls('harness', chronicle);
  const secretsFolder = join(options.folder, 'secrets');
  mkdirSync(secretsFolder, { recursive: true });
  return {
    options,
    network,
    random: createRandom(options.seed),
    chronicle,
    chronicles,
    programs,
    secrets: {
      sender: createSecretFile(join(secretsFolder, 'sender')),
      pods: createSecretFile(join(secretsFolder, 'pods')),
    },
  };
}
