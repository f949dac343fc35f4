import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { newSecret, parseSecret, type Secret, sign } from '@everypod/contract';
import type { System } from '../system/system.ts';
import { forgedEpoch } from './forgery.ts';
import { type Injection, numbered } from './injection.ts';
import { takePod } from './victim.ts';

type Answer = {
  kind: string;
  signedBy: (system: System) => Secret[];
  id: (asked: string) => string;
  /** Sends the question back as it came, with its own signature. */
  mirrors?: true;
  number?: string;
};

const answers: Answer[] = [
  { kind: 'not signed', signedBy: () => [], id: (asked) => asked },
  { kind: 'signed with an unknown secret', signedBy: () => [parseSecret(newSecret())], id: (asked) => asked },
  {
    kind: 'signed for another question',
    signedBy: ({ secrets }) => secrets.pods.current().map(parseSecret),
    id: () => 'catchup_00000000000000000000000000000000',
  },
  { kind: 'with the question itself', signedBy: () => [], id: (asked) => asked, mirrors: true, number: 'A9' },
];

const flattering = JSON.stringify({ epoch: forgedEpoch, upTo: 999_999, targets: [] });

/** Something else answers for the bridge, and says that the pod has missed nothing. */
export const impostorInjections: Injection[] = answers.map(({ kind, signedBy, id, mirrors, number }) => ({
  name: numbered(number, `bridge: something else answers a pod for it, ${kind}`),
  async inject(system, random) {
    const { pod, release } = takePod(system, random);
    const server = createServer((request, response) => {
      if (mirrors) {
        response.writeHead(200, signatureOf(request));
        return void request.pipe(response);
      }
      request.resume();
      const headers = sign(signedBy(system), id(idOf(request)), Date.now(), flattering);
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(flattering);
    });
    server.listen(0, system.network.impostorIp);
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    await system.pods.cutOff(pod, 'impostor', `http://${system.network.impostorIp}:${port}`);
    return {
      on: pod.name,
      async undo() {
        await system.pods.join(pod, 'impostor');
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        release();
      },
    };
  },
}));

function signatureOf({ headers }: IncomingMessage): Record<string, string> {
  const names = Object.keys(headers).filter((name) => name.startsWith('webhook-'));
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
}

function idOf({ headers }: IncomingMessage): string {
  return String(headers['webhook-id'] ?? 'none');
}
