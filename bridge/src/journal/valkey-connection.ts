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

/**
 * One connection, made again by itself when it is lost. Commands are written without waiting for each other's
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

  const client = new Redis({
    host: server.host,
    port: server.port,
    db: server.database,
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.password === undefined ? {} : { password: server.password }),
    ...(server.tls ? { tls: {} } : {}),
    connectTimeout: limits.valkeyConnectMs,
    commandTimeout: limits.valkeyCommandMs,
    retryStrategy: (times) =>
      Math.min(limits.valkeyReconnectMs * 2 ** (times - 1), limits.valkeyReconnectMostMs),
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    autoResendUnfulfilledCommands: false,
    connectionName: 'everypod-bridge',
  });
  client.on('ready', () => {
    nth += 1;
    trouble = 'the connection was lost';
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
    run: ({ lua, sha }, keys, args) =>
      asked(
        client.evalsha(sha, keys.length, ...keys, ...args).catch((error: Error) => {
          if (!error.message.startsWith('NOSCRIPT')) throw error;
          return client.eval(lua, keys.length, ...keys, ...args);
        }),
      ),
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
