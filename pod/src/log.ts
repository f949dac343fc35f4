/** Where the pod says what it did. Never given a secret or a body. */
export type Log = (level: 'info' | 'warn', message: string) => void;

export const consoleLog: Log = (level, message) => console[level](`[everypod] ${message}`);
