import { createServer } from 'node:net';

/** Listens at an address, and is frozen there by its parent. It ends when its parent does, once it runs again. */
function listenAndWait([ip = '', port = ''] = process.argv.slice(2)) {
  process.on('disconnect', () => process.exit(0));
  createServer().listen({ host: ip, port: Number(port), backlog: 1 }, () => process.send?.('listening'));
}

if (import.meta.main) listenAndWait();
