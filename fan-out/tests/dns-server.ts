import { once } from 'node:events';
import { createServer } from 'node:net';
import DNS from 'dns2';
import { freePort } from './free-port.ts';

const { Packet } = DNS;

/** A real DNS server on loopback, over UDP and TCP, that answers what it was told. */
export type DnsServer = {
  /** `ip:port` */
  address: string;
  /** A and AAAA records of one name (without the trailing dot); none at all is NXDOMAIN. */
  set(name: string, ips: readonly string[]): void;
  /** Answers every question with this code until it is null again. */
  fail(rcode: number | null): void;
  /** Fails only the questions of one family. */
  failFamily(family: 'A' | 'AAAA', rcode: number): void;
  /** Leaves every question unanswered while true. */
  silent(yes: boolean): void;
  /** Questions so far, as `A name`. */
  questions: string[];
  close(): Promise<void>;
};

type Options = {
  /** `refused`: nothing listens on TCP. `silent`: connections are taken, and nothing is said. */
  tcp?: 'answers' | 'refused' | 'silent';
};

export async function startDnsServer({ tcp = 'answers' }: Options = {}): Promise<DnsServer> {
  const records = new Map<string, readonly string[]>();
  const questions: string[] = [];
  let rcode: number | null = null;
  const familyRcodes = new Map<string, number>();
  let isSilent = false;

  const server = DNS.createServer({
    udp: true,
    tcp: tcp === 'answers',
    handle: (request, send) => {
      const [question] = request.questions;
      if (!question || isSilent) return;
      const answer = Packet.createResponseFromRequest(request);
      const name = question.name.toLowerCase();
      const isA = question.type === Packet.TYPE.A;
      const family = isA ? 'A' : 'AAAA';
      questions.push(`${family} ${name}`);
      const ips = records.get(name) ?? [];
      const failure = rcode ?? familyRcodes.get(family);
      answer.header.rcode = failure ?? (ips.length === 0 ? Packet.RCODE.NXDOMAIN : Packet.RCODE.NOERROR);
      if (failure === undefined) {
        for (const address of ips.filter((ip) => ip.includes(':') !== isA)) {
          answer.answers.push(Packet.createResourceFromQuestion(question, { ttl: 5, address }));
        }
      }
      send(answer);
    },
  });
  const port = await freePort();
  const at = { port, address: '127.0.0.1' };
  const failed = once(server, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  await Promise.race([server.listen(tcp === 'answers' ? { udp: at, tcp: at } : { udp: at }), failed]);
  const mute = tcp === 'silent' ? createServer((socket) => socket.on('error', () => {})) : null;
  if (mute) await once(mute.listen(port, '127.0.0.1'), 'listening');

  return {
    address: `127.0.0.1:${port}`,
    set: (name, ips) => void records.set(name, ips),
    fail: (code) => {
      rcode = code;
    },
    failFamily: (family, code) => void familyRcodes.set(family, code),
    silent: (yes) => {
      isSilent = yes;
    },
    questions,
    close: async () => {
      mute?.close();
      await server.close();
    },
  };
}

export const rcodes = Packet.RCODE;
