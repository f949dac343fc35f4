import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where content comes from, as far as anyone looks whether it is there. */
export async function startToggledOrigin() {
  let isUp = true;
  const server = createServer((_, response) => {
    if (isUp) response.end();
    else response.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turn(on: boolean) {
      isUp = on;
    },
  };
}
