import { cpSync, existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ballastName, createSmallDisk, type SmallDisk } from '../disk/small-disk.ts';
import { limits } from '../limits.ts';
import type { Network } from '../network.ts';
import type { Programs } from '../processes/programs.ts';
import { createValkey, type Valkey } from '../valkey/valkey.ts';

export type JournalKind =
  /** One bridge, and whether its journal gets a disk that can be filled. */
  | { in: 'sqlite'; smallDisk: boolean }
  /** Two bridges, and the server to start. */
  | { in: 'valkey'; program: string };

/** Where the journal is kept, and how to get at it from behind. */
export type JournalPlace = {
  /** As the bridge is told. */
  setting: string;
  bridges: number;
  /** SQLite's database; of Valkey its folder. */
  file: string;
  disk: SmallDisk | null;
  valkey: Valkey | null;
  /** Copies what is left of it. */
  keep(folder: string): void;
};

type Options = { kind: JournalKind; folder: string; network: Network; programs: Programs };

export async function openJournalPlace({ kind, folder, network, programs }: Options): Promise<JournalPlace> {
  if (kind.in === 'valkey') {
    const valkey = createValkey({
      program: kind.program,
      ip: network.valkeyIp,
      port: network.valkeyPort,
      folder: join(folder, 'valkey', 'data'),
      programs,
    });
    await valkey.start();
    const keep = (to: string) => cpSync(valkey.folder, to, { recursive: true });
    return { setting: valkey.url, bridges: 2, file: valkey.folder, disk: null, valkey, keep };
  }
  const home = join(folder, 'journal');
  const disk = kind.smallDisk ? createSmallDisk(home, limits.journalDiskMegabytes) : null;
  if (disk) programs.mounted(disk.folder);
  const file = join(home, 'journal.db');
  return {
    setting: `sqlite:${file}`,
    bridges: 1,
    file,
    disk,
    valkey: null,
    keep(to) {
      const wanted = (name: string) => basename(name) !== ballastName;
      if (existsSync(home)) cpSync(dirname(file), to, { recursive: true, filter: wanted });
    },
  };
}
