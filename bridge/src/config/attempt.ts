import { InvalidSecret } from '@everypod/contract';
import { InvalidRange, InvalidService } from '@everypod/fan-out';
import { z } from 'zod';
import { InvalidJournal } from '../journal/journal-setting.ts';
import { InvalidSite } from '../outbox/site.ts';

/** Says what is wrong with a variable's value, and what to write. */
export class WrongValue extends Error {}

/** Runs a parser inside zod, and turns what it throws about the value into an issue of its variable. */
export function attempt<Given, T>(parse: (given: Given) => T) {
  return (given: Given, context: z.RefinementCtx): T => {
    try {
      return parse(given);
    } catch (error) {
      if (!isAboutTheValue(error)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  };
}

/** As {@link attempt}, for each value of a list: what is wrong with any of them is said at once. */
export function attemptEach<T>(parts: (text: string) => string[], parse: (part: string) => T) {
  return (text: string, context: z.RefinementCtx): T[] => {
    const given = attempt(parts)(text, context);
    return given === z.NEVER ? [] : given.map((part) => attempt(parse)(part, context));
  };
}

function isAboutTheValue(error: unknown): error is Error {
  return [WrongValue, InvalidService, InvalidRange, InvalidSecret, InvalidSite, InvalidJournal].some(
    (kind) => error instanceof kind,
  );
}
