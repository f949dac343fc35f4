// `node setup/with-node-24.mjs PROGRAM …`. Plain JavaScript, because Node 20 has to run it; everything else needs Node 24.
import { launch } from './launch.mjs';

await launch();
