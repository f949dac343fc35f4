// `npm start`. Plain JavaScript, because Node 20 has to run it; everything else runs on Node 24.
import { launch } from './launch.mjs';

await launch({ program: 'demo/src/main.ts', purpose: 'the demo' });
