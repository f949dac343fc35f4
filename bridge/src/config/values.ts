import { isIP } from 'node:net';
import { WrongValue } from './attempt.ts';

/** The parts between commas; none of an empty text. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** As {@link list}. @throws {WrongValue} when there is no part */
export function someOf(text: string): string[] {
  const parts = list(text);
  if (parts.length === 0)
    throw new WrongValue('names nothing. Write one value, or several with commas between them');
  return parts;
}

/** Whole seconds, in milliseconds. @throws {WrongValue} */
export const parseSeconds = (most: number) => (text: string) =>
  wholeNumber(text, most, 'is not a number of seconds') * 1_000;

/** A whole number, at least 1. @throws {WrongValue} */
export const parseCount = (most: number) => (text: string) => wholeNumber(text, most, 'is no such number');

function wholeNumber(text: string, most: number, wrong: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) {
    throw new WrongValue(`"${text}" ${wrong}. Write a whole number from 1 to ${most}`);
  }
  return number;
}

/** An address and a port. @throws {WrongValue} */
export function parseListen(text: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (!host || port > 65_535) {
    throw new WrongValue(
      `"${text}" is not an address and a port. Write for instance 0.0.0.0:8080 or [::]:8080`,
    );
  }
  return { host, port };
}

/** `ip` or `ip:port`, as it was given. @throws {WrongValue} */
export function parseDnsServer(text: string): string {
  if (isIP(text) !== 0) return text;
  const [, v6, v4, port = '53'] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (isIP(v6 ?? v4 ?? '') !== (v6 ? 6 : 4) || Number(port) < 1 || Number(port) > 65_535) {
    throw new WrongValue(
      `"${text}" is not the address of a DNS server. Write for instance 10.96.0.10 or 127.0.0.1:5533`,
    );
  }
  return text;
}
