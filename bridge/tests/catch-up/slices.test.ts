import { comesInSlices } from './slices-conformance.ts';

comesInSlices('SQLite', async () => ({}));
