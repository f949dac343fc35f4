import { z } from 'zod';
import type { Limits } from '../limits.ts';
import { JournalUnavailable } from './journal.ts';
import type { ValkeyConnection } from './valkey-connection.ts';

/** What makes Valkey keep what it has confirmed. */
const wanted = {
  appendonly: 'yes',
  appendfsync: 'always',
  'maxmemory-policy': 'noeviction',
} as const;

export const vouching = 'if-it-loses-writes-pods-stay-stale';

const settingAnswer = z.array(z.string());

/** Says why this Valkey must not be trusted with events, and what to set; null when it may. */
export type CheckSettings = () => Promise<string | null>;

type Options = {
  connection: ValkeyConnection;
  /** The user answers for the settings. */
  vouched: boolean;
  limits: Limits;
};

/** Asks again on each new connection, which may be another server, and from time to time. */
export function createSettingsCheck({ connection, vouched, limits }: Options): CheckSettings {
  let checked: { nth: number; at: number; found: Promise<string | null> } | undefined;

  async function look(): Promise<string | null> {
    const wrong: string[] = [];
    try {
      for (const [name, value] of Object.entries(wanted)) {
        const [, found] = settingAnswer.parse(await connection.command('CONFIG', 'GET', name));
        if (found !== value) wrong.push(`${name} is ${found ?? 'not shown'}`);
      }
    } catch (error) {
      if (!(error instanceof JournalUnavailable) || !error.refused) throw error;
      wrong.push(`the bridge may not see its settings (${error.message})`);
    }
    if (wrong.length === 0) return null;
    const settings = Object.entries(wanted).map(([name, value]) => `${name} ${value}`);
    return (
      `Valkey at ${connection.where} may lose what it has confirmed: ${wrong.join(', ')}. ` +
      `Set ${settings.join(', ')} and let the bridge read them (CONFIG GET), or, if you know that it keeps ` +
      `every write all the same, set EVERYPOD_JOURNAL_VOUCHED=${vouching}.`
    );
  }

  return () => {
    if (vouched) return Promise.resolve(null);
    const nth = connection.nth();
    const at = performance.now();
    if (!checked || checked.nth !== nth || at - checked.at >= limits.valkeySettingsMs) {
      const found = look();
      found.catch(() => {
        checked = undefined;
      });
      checked = { nth, at, found };
    }
    return checked.found;
  };
}
