import { createSeenIds } from '../../src/catch-up/seen-ids.ts';
import { seenIdsConform } from './seen-ids-conformance.ts';

seenIdsConform("A bridge's own memory", async (options) => createSeenIds(options));
