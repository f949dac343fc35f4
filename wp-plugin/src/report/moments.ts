/** Milliseconds from one ISO time to another, never negative: two clocks may differ a little. */
export function msBetween(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** The language that WordPress shows this screen in. */
export const screenLocale = () => document.documentElement.lang || 'en';

/** "4 seconds ago" */
export function ago(moment: string, nowMs = Date.now(), locale = screenLocale()): string {
  const ms = Math.max(0, nowMs - Date.parse(moment));
  const [unit, length] = units.find(([, least]) => ms >= least) ?? ['second', 1_000];
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return words.format(-Math.floor(ms / length), unit);
}

/** The time of day; the date too when it is not today. */
export function timeOfDay(moment: string, nowMs = Date.now(), locale = screenLocale()): string {
  const date = new Date(moment);
  const today = date.toDateString() === new Date(nowMs).toDateString();
  return date.toLocaleString(
    locale,
    today ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' },
  );
}
