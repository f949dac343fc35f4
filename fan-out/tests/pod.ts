import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Cursor,
  getBody,
  type HowSettled,
  limits,
  type MakeAnswer,
  type MakeQuestion,
  makeQuestionSchema,
  type PodIdentity,
  type Push,
  type PushAnswer,
  parseSecrets,
  pushSchema,
  type ServedPage,
  type ServedPages,
  type SettledAnswer,
  type SettledQuestion,
  settledQuestionSchema,
  sign,
  signAnswer,
  type Target,
  targetKey,
  type VisitLine,
  verify,
} from '@everypod/contract';

/** A small real pod on loopback that keeps to the protocol, and misbehaves where a test says so. */
export type TestPod = {
  identity: PodIdentity;
  port: number;
  /** Every push that it trusted, oldest first. */
  pushes: Push[];
  /** Keys of all targets it was told, and how often it was told everything. */
  applied: Set<string>;
  everything: number;
  /** Times it was called, whatever came of it. */
  calls: number;
  cursor: Cursor | null;
  /** How far it has applied for the second time; `settle` takes it to the cursor. */
  settled: Cursor | null;
  settle(by?: HowSettled): void;
  /** Says that it speaks the second protocol, and answers when it has settled; otherwise no word of that. */
  isSecond: boolean;
  /** Every question when it has settled that it trusted, oldest first, and how many are open. */
  questions: SettledQuestion[];
  openQuestions: number;
  /** Says that it takes grants of visits. */
  takesVisits: boolean;
  /** What it says that it serves. */
  served: ServedPage[];
  /** Its pages that any push leads to. */
  pages: string[];
  /** Every grant of a visit that it trusted, oldest first, and what comes of one. */
  grants: MakeQuestion[];
  visit: (grant: MakeQuestion) => VisitLine | Promise<VisitLine>;
  /** Headers that sign a body as the answer to this request. */
  sign(request: IncomingMessage, body: string): Record<string, string>;
  /** Signs answers as 0.1.0 did, whatever a push asks for. */
  isFormer: boolean;
  /** Takes calls out of the protocol's hands; null gives them back. */
  misbehave(how: Misbehaviour | null): void;
  /** A new life at the same address: nothing is remembered. */
  restart(): void;
  apply(targets: readonly Target[]): void;
  close(): Promise<void>;
};

export type Call = {
  request: IncomingMessage;
  response: ServerResponse;
  /** What it was sent. */
  message: Record<string, unknown>;
  /** The answer that the protocol would give, signed. */
  proper: () => { headers: Record<string, string>; body: string };
  nth: number;
};
export type Misbehaviour = (call: Call) => void;

type Options = {
  secret: string;
  ip?: string;
  port?: number;
  name?: string;
  cursor?: Cursor | null;
  builtAt?: string | null;
};

let lives = 0;
const newInstance = () => `instance-${String(++lives).padStart(6, '0')}`;

export async function startPod({
  secret,
  ip = '127.0.0.1',
  port = 0,
  name = `pod-${ip}`,
  cursor = null,
  builtAt = null,
}: Options): Promise<TestPod> {
  const secrets = parseSecrets(secret);
  let how: Misbehaviour | null = null;
  let settledBy: HowSettled = {};
  const waiting = new Set<() => void>();

  const pod: TestPod = {
    identity: { ip, name, instance: newInstance() },
    port: 0,
    pushes: [],
    applied: new Set(),
    everything: 0,
    calls: 0,
    cursor,
    settled: null,
    settle(by = {}) {
      pod.settled = pod.cursor;
      settledBy = by;
      for (const hear of waiting) hear();
    },
    isSecond: false,
    questions: [],
    openQuestions: 0,
    served: [],
    takesVisits: false,
    pages: [],
    grants: [],
    visit: ({ path }) => ({ path, result: 'made', status: 200, tries: 1, madeAt: new Date().toISOString() }),
    isFormer: false,
    sign(request, body) {
      const id = String(request.headers['webhook-id']);
      const headers = new Headers(request.headers as Record<string, string>);
      const signed = pod.isFormer
        ? sign(secrets, id, Date.now(), body)
        : signAnswer(secrets, { id, headers }, Date.now(), body);
      const { 'everypod-protocol': protocol, ...ofFirst } = signed;
      return pod.isSecond ? { ...ofFirst, 'everypod-protocol': protocol } : ofFirst;
    },
    misbehave: (next) => {
      how = next;
    },
    restart() {
      pod.identity = { ...pod.identity, instance: newInstance() };
      pod.cursor = null;
      pod.settled = null;
      pod.applied.clear();
    },
    apply(targets) {
      for (const target of targets) pod.applied.add(targetKey(target));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function take(push: Push): PushAnswer {
    pod.pushes.push(push);
    pod.apply(push.targets);
    if (push.everything) pod.everything += 1;
    const upTo = { epoch: push.epoch, seq: push.upTo };
    const mine = pod.cursor?.epoch === push.epoch ? pod.cursor : null;
    if (push.everything) pod.cursor = mine && mine.seq > push.upTo ? mine : upTo;
    else if (mine && mine.seq >= push.after) pod.cursor = mine.seq > push.upTo ? mine : upTo;
    const said = { pod: { ...pod.identity, builtAt }, cursor: pod.cursor, settled: pod.settled };
    return { ok: true, ...said, ...(pod.takesVisits && { visits: true as const, pages: pod.pages }) };
  }

  function tellPages(request: IncomingMessage, response: ServerResponse) {
    const from = Number(new URL(request.url ?? '', 'http://pod').searchParams.get('pages'));
    const pages = pod.served.slice(from, from + limits.servedPagesAtOnce);
    const said = { pod: pod.identity, of: pod.served.length, from, pages } satisfies ServedPages;
    const answer = JSON.stringify(said);
    response.writeHead(200, pod.sign(request, answer)).end(answer);
  }

  async function answerGrant(grant: MakeQuestion, request: IncomingMessage, response: ServerResponse) {
    pod.grants.push(grant);
    const visit = await pod.visit(grant);
    const answer = JSON.stringify({ ok: true, pod: pod.identity, visit } satisfies MakeAnswer);
    response.writeHead(200, pod.sign(request, answer)).end(answer);
  }

  /** As soon as it has settled that far, or when the wait is over. */
  function answerQuestion(question: SettledQuestion, request: IncomingMessage, response: ServerResponse) {
    pod.questions.push(question);
    pod.openQuestions += 1;
    const isSettled = () => pod.settled?.epoch === question.epoch && pod.settled.seq >= question.upTo;
    const end = () => {
      clearTimeout(timer);
      waiting.delete(hear);
      pod.openQuestions -= 1;
      const { cursor, settled } = pod;
      const said = { ok: true, pod: { ...pod.identity, builtAt }, cursor, settled };
      const answer = JSON.stringify({ ...said, ...(isSettled() && settledBy) } satisfies SettledAnswer);
      response.writeHead(200, pod.sign(request, answer)).end(answer);
    };
    const hear = () => {
      if (isSettled()) end();
    };
    const timer = setTimeout(end, question.waitMs);
    response.once('close', () => {
      if (waiting.delete(hear)) pod.openQuestions -= 1;
      clearTimeout(timer);
    });
    waiting.add(hear);
    hear();
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      pod.calls += 1;
      const body = Buffer.concat(chunks);
      const headers = new Headers(request.headers as Record<string, string>);
      const isGet = request.method === 'GET';
      const trust = verify(secrets, headers, isGet ? getBody(request.url ?? '') : body, Date.now());
      if (!trust.trusted) {
        response.writeHead(401).end();
        return;
      }
      if (isGet) {
        tellPages(request, response);
        return;
      }
      const message = JSON.parse(body.toString('utf8'));
      if (pod.isSecond && message.ask === 'make') {
        void answerGrant(makeQuestionSchema.parse(message), request, response);
        return;
      }
      if (pod.isSecond && 'ask' in message) {
        answerQuestion(settledQuestionSchema.parse(message), request, response);
        return;
      }
      const proper = () => {
        const answer = JSON.stringify(take(pushSchema.parse(message)));
        return { headers: pod.sign(request, answer), body: answer };
      };
      if (how) {
        how({ request, response, message, proper, nth: pod.calls });
        return;
      }
      const answer = proper();
      response.writeHead(200, answer.headers).end(answer.body);
    });
  });
  server.on('clientError', (_, socket) => socket.destroy());
  await once(server.listen(port, ip), 'listening');
  pod.port = (server.address() as AddressInfo).port;
  return pod;
}
