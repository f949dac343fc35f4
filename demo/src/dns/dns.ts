import DNS, { Packet } from 'dns2';
import { limits } from '../limits.ts';

/**
 * Answers as CoreDNS does for a headless Service: one A record per ready pod, none of another type, and no such
 * name while no pod is ready.
 * @param service the Service's full name, without the trailing dot
 * @param addresses asked at every query
 * @returns the way to stop
 */
export async function startDns(options: {
  ip: string;
  port: number;
  service: string;
  addresses: () => string[];
}): Promise<() => Promise<void>> {
  const { ip, port, service, addresses } = options;
  const server = DNS.createServer({
    udp: true,
    tcp: true,
    handle: (request, send) => {
      // A client that hung up before its answer is no trouble of ours.
      void Promise.resolve(send(answer(request, service, addresses()))).catch(() => {});
    },
  });
  const failed = new Promise<never>((_, reject) => {
    server.on('error', (error: Error) => reject(error));
  });
  failed.catch(() => {});
  await Promise.race([server.listen({ udp: { port, address: ip }, tcp: { port, address: ip } }), failed]);
  return () => server.close();
}

function answer(request: Packet, service: string, addresses: string[]): Packet {
  const [question] = request.questions;
  if (!question) return Packet.createErrorResponseFromRequest(request, Packet.RCODE.FORMERR);
  const response = Packet.createResponseFromRequest(request);
  response.header.aa = 1;
  if (question.name.toLowerCase().replace(/\.$/, '') !== service || addresses.length === 0) {
    response.header.rcode = Packet.RCODE.NXDOMAIN;
    return response;
  }
  if (question.type === Packet.TYPE.A) {
    response.answers = addresses.map((address) =>
      Packet.createResourceFromQuestion(question, { ttl: limits.dnsTtlSeconds, address }),
    );
  }
  return response;
}
