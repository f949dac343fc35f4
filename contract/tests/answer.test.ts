import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import answers from '../fixtures/answer-signatures.json' with { type: 'json' };
import {
  answerBody,
  askDirected,
  createAnswerTrust,
  newSecret,
  parseSecret,
  signAnswer,
  verify,
} from '../src/index.ts';

const headersOf = (values: Record<string, string | undefined>) => ({
  get: (name: string) => values[name] ?? null,
});
const directed = headersOf(askDirected);

describe('A9 golden answers', () => {
  for (const { name, question, body, now, directs, form, cause, ...given } of answers) {
    it(`${form ? `takes, ${form},` : 'distrusts'} ${name}`, () => {
      const answerTrust = createAnswerTrust();
      const secrets = given.secrets.map(parseSecret);
      const asked = { peer: 'peer', secrets, id: question.id, signed: question.signed, nowMs: now * 1000 };
      if (directs) giveDirected(answerTrust, asked);
      const verdict = answerTrust.verify(
        { headers: headersOf(given.headers), body: Buffer.from(body) },
        asked,
      );
      expect(verdict).toEqual(form ? { trusted: true } : { trusted: false, cause });
    });
  }

  const mirrored = answers.filter(({ cause, directs }) => cause === 'mirrored question' && !directs);
  it.each(mirrored)('$name: its signature has no direction, so that of 0.1.0 held', (golden) => {
    const { secrets, question, headers, body, now } = golden;
    expect(verify(secrets.map(parseSecret), headersOf(headers), body, now * 1000, question.id).trusted).toBe(
      true,
    );
  });

  it('have no form that a request has', () => {
    for (const { secrets, question, headers, body, now, form } of answers) {
      if (form !== 'directed') continue;
      const verdict = verify(secrets.map(parseSecret), headersOf(headers), body, now * 1000, question.id);
      expect(verdict).toMatchObject({ trusted: false, cause: 'wrong signature' });
    }
  });
});

type Asked = Parameters<ReturnType<typeof createAnswerTrust>['verify']>[1];

function giveDirected(answerTrust: ReturnType<typeof createAnswerTrust>, asked: Asked) {
  const body = Buffer.from('{}');
  const headers = signAnswer(asked.secrets, { id: asked.id, headers: directed }, asked.nowMs, body);
  expect(answerTrust.verify({ headers: headersOf(headers), body }, asked)).toEqual({ trusted: true });
}

describe('A9 an answer', () => {
  const text = newSecret();
  const secrets = [parseSecret(text)];
  const nowMs = Date.now();
  const body = Buffer.from('{"title":"Größe"}');
  const asked = { peer: 'a', secrets, id: 'get_1', signed: 'GET /v1/pods', nowMs };
  const former = {
    headers: headersOf(signAnswer(secrets, { id: 'get_1', headers: headersOf({}) }, nowMs, body)),
    body,
  };

  it('is directed where its question asks for that, and as 0.1.0 has it where not', () => {
    const answer = signAnswer(secrets, { id: 'get_1', headers: directed }, nowMs, body);
    const oracle = new Webhook(text).sign('get_1', new Date(nowMs), `ANSWER\n${body}`);
    expect(answer['webhook-signature']).toBe(oracle);
    expect(verify(secrets, former.headers, body, nowMs, 'get_1').trusted).toBe(true);
  });

  it('signs the same over bytes and over their text', () => {
    expect(Buffer.from(answerBody('Größe'))).toEqual(Buffer.from(answerBody(Buffer.from('Größe'))));
  });

  it('in the former form is believed of one peer, though another has given the present one', () => {
    const answerTrust = createAnswerTrust();
    giveDirected(answerTrust, { ...asked, peer: 'b' });
    expect(answerTrust.verify(former, asked)).toEqual({ trusted: true });
    giveDirected(answerTrust, asked);
    expect(answerTrust.verify(former, asked)).toEqual({ trusted: false, cause: 'former form' });
  });

  it('costs no memory without bound: of too many peers, the one heard longest ago is forgotten', () => {
    const answerTrust = createAnswerTrust({ most: 2 });
    for (const peer of ['a', 'b', 'a', 'c']) giveDirected(answerTrust, { ...asked, peer });
    const known = ['a', 'b', 'c'].filter((peer) => !answerTrust.verify(former, { ...asked, peer }).trusted);
    expect(known).toEqual(['a', 'c']);
  });
});
