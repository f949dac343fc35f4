import type { Verdict } from './verdict.ts';

export type NamedText = { name: string; text: string };

/** 7: no secret that was ever used stands in any log, in any of the forms that it could slip in by. */
export function noSecretInAnyLog(secrets: readonly string[], logs: readonly NamedText[]): Verdict {
  const faults: string[] = [];
  for (const [index, secret] of secrets.entries()) {
    for (const [form, text] of Object.entries(formsOf(secret))) {
      for (const log of logs) {
        if (log.text.includes(text)) faults.push(`${log.name} holds secret ${index + 1} (${form}).`);
      }
    }
  }
  const bytes = logs.reduce((sum, { text }) => sum + text.length, 0);
  return {
    name: 'secrets',
    assertion: 'No secret stands in any log',
    judged: secrets.length * logs.length,
    faults,
    figures: [`${secrets.length} secrets`, `${logs.length} logs`, `${(bytes / 1e6).toFixed(1)} MB read`],
  };
}

function formsOf(secret: string) {
  const base64 = secret.replace(/^whsec_/, '');
  const bytes = Buffer.from(base64, 'base64');
  return {
    'as it is': base64,
    base64url: bytes.toString('base64url'),
    'percent-encoded': encodeURIComponent(base64),
    hex: bytes.toString('hex'),
  };
}
