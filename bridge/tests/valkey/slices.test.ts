import { comesInSlices } from '../catch-up/slices-conformance.ts';
import { startValkey } from './server.ts';

comesInSlices('Valkey', async () => ({ EVERYPOD_JOURNAL: (await startValkey()).url }));
