/** What a line of a fan-out is about, for who reads logs by field. */
export type LogFields = Readonly<Record<string, string | number | readonly string[]>>;

/** Where the pod says what it did. Never given a secret or a body. */
export type Log = (level: 'info' | 'warn', message: string, fields?: LogFields) => void;

/** Lines of a fan-out stand as they are: people look for `[revalidate] …`. */
export const consoleLog: Log = (level, message, fields) => {
  if (process.env.EVERYPOD_LOG === 'json') console[level](JSON.stringify({ level, msg: message, ...fields }));
  else console[level](fields === undefined ? `[everypod] ${message}` : message);
};
