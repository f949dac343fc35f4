import { readFile } from 'node:fs/promises';
import { onTopic } from 'everypod';

/** Where the flags really are. Here a file; a table, a bucket or a service does as well. */
const source = process.env.FLAGS_FILE ?? 'flags.json';

let flags = {};
let loadedAt = null;
let asked = 0;
let answered = 0;

/** Two of these may be under way at once. The one that asked last counts, whichever comes back last. */
async function load() {
  asked += 1;
  const mine = asked;
  const read = JSON.parse(await readFile(source, 'utf8'));
  if (mine < answered) return;
  answered = mine;
  flags = read;
  loadedAt = new Date().toISOString();
}

// Called for each event with this topic, and at the first readiness probe of this process: nothing else needs to load
// them. Throws when they can't be read, so the process says that it is not ready, and is asked again.
onTopic('flags', load);

export const isOn = (name) => flags[name] === true;

/** What this process holds, and since when. */
export const held = () => ({ process: process.env.POD_NAME, flags, loadedAt });
