import { journalConforms } from '../journal/conformance.ts';
import { openJournal } from './open.ts';
import { startValkey } from './server.ts';

journalConforms('Valkey', async () => {
  const server = await startValkey();
  return {
    open: (options) => openJournal({ port: server.port, ...options }),
    remove: () => server.kill(),
  };
});
