// `npm test`. Plain JavaScript, because Node 20 has to run it; everything else runs on Node 24.
import { launch } from './launch.mjs';

await launch({ program: 'checks/src/main.ts', purpose: 'the checks' });
