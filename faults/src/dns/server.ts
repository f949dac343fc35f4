import DNS, { Packet } from 'dns2';
import { limits } from '../limits.ts';

/** What the name server does instead of telling the truth. */
export const dnsFaults = [
  'SERVFAIL',
  'NXDOMAIN',
  'time-out',
  'truncated, TCP refused',
  'stale',
  'duplicated',
  'a thousand answers',
  'forbidden addresses',
  'another owner name',
  'many that hang or refuse',
] as const;
export type DnsFault = (typeof dnsFaults)[number];

export type NameServer = {
  address: string;
  /** Of several faults at once the last one counts. Answers with what ends this one. */
  begin(fault: DnsFault): () => void;
  stop(): Promise<void>;
};

type Options = {
  ip: string;
  port: number;
  service: string;
  /** The ready pods, asked at every query. */
  addresses: () => string[];
  /** Addresses at which nothing listens, for an answer of a thousand. */
  nobody: (count: number) => string[];
  /** Where connections may be taken and never answered. */
  hanging: (count: number) => string[];
};

const forbidden = ['169.254.169.254', '127.0.0.1', '0.0.0.0', '224.0.0.1', '8.8.8.8', '255.255.255.255'];

/** Answers over UDP and TCP as CoreDNS does for a headless Service, until it is told otherwise. */
export async function startNameServer({
  ip,
  port,
  service,
  addresses,
  nobody,
  hanging,
}: Options): Promise<NameServer> {
  const begun: { fault: DnsFault }[] = [];
  let listedBefore: string[] = [];

  function listed(fault: DnsFault | null): string[] {
    const now = addresses();
    if (fault === 'stale') return listedBefore;
    listedBefore = now;
    if (fault === 'duplicated') return [...now, ...now, ...now];
    if (fault === 'forbidden addresses') return [...forbidden, ...now];
    if (fault === 'a thousand answers') return [...now, ...nobody(1_000 - now.length)];
    if (fault === 'many that hang or refuse')
      return [...hanging(limits.hangingAddresses), ...nobody(limits.refusingAddresses), ...now];
    return now;
  }

  const handle: DNS.DnsHandler = (request, send, client) => {
    const fault = begun.at(-1)?.fault ?? null;
    if (fault === 'time-out') return;
    const overTcp = 'remotePort' in client;
    if (fault === 'truncated, TCP refused' && overTcp) return void Object(client).destroy();
    const answer = answerTo(request, service, fault, listed(fault));
    const tooLong = !overTcp && answer.answers.length > limits.dnsRecordsOverUdp;
    if (tooLong || fault === 'truncated, TCP refused') {
      answer.header.tc = 1;
      answer.answers = [];
    }
    // A client that hung up before its answer is no trouble of ours.
    void Promise.resolve(send(answer)).catch(() => {});
  };
  const server = DNS.createServer({ udp: true, tcp: true, handle });
  server.on('error', () => {});
  server.on('requestError', () => {});
  await server.listen({ udp: { port, address: ip }, tcp: { port, address: ip } });
  return {
    address: `${ip}:${port}`,
    begin(fault) {
      const one = { fault };
      begun.push(one);
      return () => void begun.splice(begun.indexOf(one), 1);
    },
    stop: () => server.close(),
  };
}

function answerTo(request: Packet, service: string, fault: DnsFault | null, addresses: string[]): Packet {
  const [question] = request.questions;
  const answer = Packet.createResponseFromRequest(request);
  answer.header.aa = 1;
  if (fault === 'SERVFAIL') answer.header.rcode = Packet.RCODE.SERVFAIL;
  else if (fault === 'NXDOMAIN' || question?.name !== service || addresses.length === 0) {
    answer.header.rcode = Packet.RCODE.NXDOMAIN;
  } else if (question.type === Packet.TYPE.A) {
    const owner = fault === 'another owner name' ? { ...question, name: 'elsewhere.example' } : question;
    answer.answers = addresses.map((address) =>
      Packet.createResourceFromQuestion(owner, { ttl: limits.dnsTtlSeconds, address }),
    );
  }
  return answer;
}
