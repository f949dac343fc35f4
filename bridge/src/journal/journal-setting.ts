import { vouching } from './valkey-settings.ts';

/** Where a Valkey is, and how to be let in. */
export type ValkeyServer = {
  host: string;
  port: number;
  tls: boolean;
  username: string | undefined;
  password: string | undefined;
  database: number;
};

export type JournalSetting =
  | { kind: 'sqlite'; path: string }
  /** `vouched`: the user answers for it that this Valkey keeps what it confirms. */
  | { kind: 'valkey'; server: ValkeyServer; vouched: boolean };

/** Says what is wrong with a setting, and never the setting, which may hold a password. */
export class InvalidJournal extends Error {
  override name = 'InvalidJournal';
}

/** @throws {InvalidJournal} */
export function parseJournal(text: string, vouchedBy: string | undefined): JournalSetting {
  const path = /^sqlite:(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  if (!/^(?:redis|rediss|valkey|valkeys):/.test(text)) {
    throw new InvalidJournal(
      'starts with sqlite: and a path, for instance sqlite:/data/journal.db, or with redis://, rediss://, ' +
        'valkey:// or valkeys:// and a host, for several bridges with one journal',
    );
  }
  if (vouchedBy !== undefined && vouchedBy !== vouching) {
    throw new InvalidJournal(
      `is vouched for in other words than EVERYPOD_JOURNAL_VOUCHED=${vouching}, which say what is at risk`,
    );
  }
  return { kind: 'valkey', server: parseServer(text), vouched: vouchedBy !== undefined };
}

function parseServer(text: string): ValkeyServer {
  const url = URL.parse(text);
  const database = /^\/?(\d{0,4})$/.exec(url?.pathname ?? '')?.[1];
  if (!url?.hostname || database === undefined || url.search || url.hash) {
    throw new InvalidJournal(
      'is no address of a Valkey. Write for instance redis://:PASSWORD@valkey.myapp.svc.cluster.local:6379/0, ' +
        'with every special character of the password as %XX',
    );
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 6379),
    tls: url.protocol === 'rediss:' || url.protocol === 'valkeys:',
    username: decoded(url.username),
    password: decoded(url.password),
    database: Number(database || 0),
  };
}

function decoded(part: string): string | undefined {
  if (part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    throw new InvalidJournal('has a % in its user name or password that is not written as %25');
  }
}
