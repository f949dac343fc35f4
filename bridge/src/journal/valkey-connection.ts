import { createHash } from 'node:crypto';
import { Redis } from 'iovalkey';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { JournalUnavailable } from './journal.ts';
import type { ValkeyServer } from './journal-setting.ts';

/** A Lua script, which Valkey runs as one step. */
export type Script = { lua: string; sha: string };

export function script(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

type Arguments = ReadonlyArray<string | number>;

/** A former primary goes on answering, and would keep a connection for as long as it lives. */
function saysReplica({ message }: Error): boolean {
  return /^(UNFIT this is a replica|MASTERDOWN )|(^|-)READONLY /.test(message);
}

/**
 * One connection, made again by itself when it is lost, or leads to a replica. Commands are written without waiting for each other's
 * answers, so that one fsync of the server serves all that came together. None waits for a connection: what
 * can't be sent, or is not answered in time, is rejected with {@link JournalUnavailable}.
 */
export type ValkeyConnection = {
  run(script: Script, keys: readonly string[], args: Arguments): Promise<unknown>;
  command(name: string, ...args: Arguments): Promise<unknown>;
  /** Resolves once the server answers, or when it has not for `ms`. */
  settled(ms: number): Promise<void>;
  /** Counts the connections made so far: another number may be another server. */
  nth(): number;
  /** Host, port and database, for the log. */
  readonly where: string;
  close(): Promise<void>;
};

type Options = { server: ValkeyServer; limits: Limits; log: Log };

export function connectToValkey({ server, limits, log }: Options): ValkeyConnection {
  const where = `${server.host}:${server.port}/${server.database}`;
  let nth = 0;
  let trouble = 'not connected yet';
  /** Undefined until it is known. */
  let answers: boolean | undefined;
  /** Connections that led to a replica, since the last that did not. */
  let replicas = 0;
  let lastReplica = 0;

  const client = new Redis({
    host: server.host,
    port: server.port,
    db: server.database,
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.password === undefined ? {} : { password: server.password }),
    ...(server.tls ? { tls: {} } : {}),
    connectTimeout: limits.valkeyConnectMs,
    commandTimeout: limits.valkeyCommandMs,
    retryStrategy(times) {
      const before = times - 1 + Math.max(0, replicas - 1);
      return Math.min(limits.valkeyReconnectMs * 2 ** before, limits.valkeyReconnectMostMs);
    },
    reconnectOnError(error) {
      if (!saysReplica(error)) return false;
      tellReplica(error.message);
      return true;
    },
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    autoResendUnfulfilledCommands: false,
    connectionName: 'everypod-bridge',
  });
  client.on('ready', () => {
    nth += 1;
    if (replicas === 0) trouble = 'the connection was lost';
  });
  client.on('error', (error: Error) => {
    trouble = error.message;
    tellLost(trouble);
  });

  function tellLost(reason: string) {
    if (answers === false) return;
    answers = false;
    log.error({ valkey: where, reason }, 'Valkey does not answer: no event is taken until it does');
  }

  function tellReplica(reason: string) {
    trouble = reason;
    if (lastReplica === nth) return;
    lastReplica = nth;
    replicas += 1;
    if (replicas === 1)
      log.error({ valkey: where, reason }, 'Valkey is a replica: connecting anew until it is the primary');
  }

  function tellPrimary() {
    if (replicas === 0) return;
    replicas = 0;
    trouble = 'the connection was lost';
    log.info({ valkey: where }, 'Valkey is the primary');
  }

  function tellAnswers() {
    if (answers) return;
    answers = true;
    log.info({ valkey: where }, 'Valkey answers');
  }

  async function asked<T>(answer: Promise<T>): Promise<T> {
    try {
      const answered = await answer;
      tellAnswers();
      return answered;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message === 'Command timed out') {
        // What waits for a server that hangs must not pile up.
        client.disconnect(true);
        tellLost(message);
        throw new JournalUnavailable(
          `Valkey at ${where} did not answer in time. It is tried again by itself.`,
        );
      }
      if (error instanceof Error && error.name === 'ReplyError') {
        throw new JournalUnavailable(`Valkey at ${where} refused: ${message}`, { refused: true });
      }
      throw new JournalUnavailable(
        `Valkey at ${where} cannot be reached (${trouble}). It is tried again by itself.`,
      );
    }
  }

  return {
    async run({ lua, sha }, keys, args) {
      const answered = await asked(
        client.evalsha(sha, keys.length, ...keys, ...args).catch((error: Error) => {
          if (!error.message.startsWith('NOSCRIPT')) throw error;
          return client.eval(lua, keys.length, ...keys, ...args);
        }),
      );
      tellPrimary();
      return answered;
    },
    command: (name, ...args) => asked(client.call(name, ...args)),
    settled(ms) {
      if (client.status === 'ready') return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(late);
          client.off('ready', done);
          resolve();
        };
        const late = setTimeout(done, ms);
        client.on('ready', done);
      });
    },
    nth: () => nth,
    where,
    async close() {
      client.disconnect();
    },
  };
}
