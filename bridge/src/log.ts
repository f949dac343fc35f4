import { type Logger, pino } from 'pino';
import type { Config } from './config/config.ts';

export type Log = Logger;

/** JSON lines on stdout. What is logged is named field by field, so that no secret and no body gets in. */
export function createLog(level: Config['logLevel']): Log {
  return pino({ level, base: { program: 'everypod-bridge' }, timestamp: pino.stdTimeFunctions.isoTime });
}
