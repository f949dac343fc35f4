import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import secrets from '../fixtures/secrets.json' with { type: 'json' };
import signatures from '../fixtures/signatures.json' with { type: 'json' };
import {
  InvalidSecret,
  newMessageId,
  newSecret,
  parseSecret,
  parseSecrets,
  sign,
  verify,
} from '../src/index.ts';

const headersOf = (values: Record<string, string | undefined>) => ({
  get: (name: string) => values[name] ?? null,
});

describe('golden signatures', () => {
  for (const { name, secrets: texts, headers, body, now, expectedId, trusted, cause } of signatures) {
    it(`${trusted ? 'trusts' : 'distrusts'} ${name}`, () => {
      const verdict = verify(texts.map(parseSecret), headersOf(headers), body, now * 1000, expectedId);
      expect(verdict).toEqual(
        trusted
          ? { trusted: true, id: headers['webhook-id'], timestamp: Number(headers['webhook-timestamp']) }
          : { trusted: false, cause },
      );
    });
  }
});

describe('golden secrets', () => {
  for (const { text, valid, why, bytes } of secrets) {
    it(`${valid ? `takes one of ${bytes} bytes` : `refuses one: ${why}`}`, () => {
      if (valid) expect(parseSecret(text).type).toBe('secret');
      else expect(() => parseSecret(text)).toThrow(InvalidSecret);
    });
  }

  it('never stand in the message that refuses them', () => {
    const text = 'whsec_c2hvcnQ=';
    expect(() => parseSecret(text)).not.toThrow(text);
    expect(() => parseSecret('my-old-password')).not.toThrow('my-old-password');
  });

  it('may be several, separated by any white space', () => {
    expect(parseSecrets(` ${newSecret()}\n${newSecret()}\t`)).toHaveLength(2);
    expect(() => parseSecrets(' \n')).toThrow('There is no secret');
  });
});

describe('the oracle, the npm package standardwebhooks', () => {
  const text = newSecret();
  const older = newSecret();
  const body = '{"title":"Größe 東京 🚀"}';
  const nowMs = Date.now();

  it('verifies what we sign', () => {
    const headers = sign([parseSecret(text)], newMessageId('msg'), nowMs, body);
    expect(new Webhook(text).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('verifies with either secret while they rotate', () => {
    const headers = sign(parseSecrets(`${text} ${older}`), newMessageId('msg'), nowMs, body);
    expect(() => new Webhook(text).verify(body, headers)).not.toThrow();
    expect(() => new Webhook(older).verify(body, headers)).not.toThrow();
  });

  it('signs what we verify', () => {
    const id = newMessageId('msg');
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': Math.floor(nowMs / 1000).toString(),
      'webhook-signature': new Webhook(text).sign(id, new Date(nowMs), body),
    };
    expect(verify([parseSecret(text)], headersOf(headers), body, nowMs)).toMatchObject({ trusted: true, id });
  });
});

describe('a signature', () => {
  it('covers raw bytes, the same as their text', () => {
    const secret = parseSecret(newSecret());
    const headers = sign([secret], 'msg_1', 1_764_000_000_000, 'Größe');
    expect(verify([secret], headersOf(headers), Buffer.from('Größe'), 1_764_000_000_000).trusted).toBe(true);
  });

  it('has an id that fits and never repeats', () => {
    const ids = Array.from({ length: 100 }, () => newMessageId('catchup'));
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^catchup_[0-9a-f]{32}$/);
  });
});
