import DNS from 'dns2';
import { limits } from '../limits.ts';
import { tellListening } from '../programs/told.ts';
import { recordsOf } from './names.ts';

const { Packet } = DNS;
const ttlOfCoreDns = 30;

/** Writing a thousand records takes this library far longer than a server in a cluster: each answer is written once. */
const written = new Map<string, Buffer>();

const server = DNS.createServer({
  udp: true,
  tcp: true,
  handle: (request, send, client) => {
    const name = request.questions[0]?.name ?? '';
    const isA = request.questions[0]?.type === Packet.TYPE.A;
    const about = `${isA} ${name}`;
    const answer = written.get(about) ?? write(request, isA ? recordsOf(name) : 0);
    written.set(about, answer);
    const overUdp = !('remotePort' in client);
    send(overUdp && answer.length > limits.udpAnswerBytes ? askOverTcp(request) : answerTo(request, answer));
  },
});

const { port, address } = await listen();
tellListening([`dns://${address}:${port}`]);

function write(request: DNS.Packet, records: number): Buffer {
  const [question] = request.questions;
  const answer = Packet.createResponseFromRequest(request);
  if (question) {
    answer.answers = addresses(records).map((address) =>
      Packet.createResourceFromQuestion(question, { ttl: ttlOfCoreDns, address }),
    );
  }
  return answer.toBuffer();
}

function answerTo(request: DNS.Packet, answer: Buffer): Buffer {
  const again = Buffer.from(answer);
  again.writeUInt16BE(request.header.id, 0);
  return again;
}

function askOverTcp(request: DNS.Packet): DNS.Packet {
  const answer = Packet.createResponseFromRequest(request);
  answer.header.tc = 1;
  return answer;
}

function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `10.44.${Math.floor(at / 250)}.${(at % 250) + 1}`);
}

/** UDP and TCP share a port, so that a free one has to be free of both. */
async function listen(): Promise<{ port: number; address: string }> {
  const address = '127.0.0.1';
  for (let port = 20_500; port < 20_600; port += 1) {
    try {
      await server.listen({ udp: { port, address }, tcp: { port, address } });
      return { port, address };
    } catch {
      // Busy: the next one.
    }
  }
  throw new Error('No port from 20500 to 20599 is free for the name server.');
}
