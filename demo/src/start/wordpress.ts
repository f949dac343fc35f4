import { buildPlugin } from '../builds/plugin-build.ts';
import { addedSentence, screen } from '../screen/screen.ts';
import { Trouble } from '../trouble.ts';
import { startWordPress, type WordPress } from '../wordpress/wordpress.ts';
import type { Places } from './places.ts';
import type { Start } from './start.ts';

/** @throws {Trouble} when the plugin could not be activated */
export async function startWordPressOf(start: Start, places: Places): Promise<WordPress> {
  const { root, wish, state, processes, changes, endWith } = start;
  const { say } = screen;
  const plugin = await buildPlugin({ root, processes, say });
  say('Starting WordPress …');
  await places.letGo('wordpress');
  const wordpress = await startWordPress({
    folder: state.wordpress,
    plugin,
    core: wish.wordpressCore,
    databaseHost: wish.databaseHost,
    runtime: wish.runtime,
    workers: wish.wordpressWorkers,
    port: places.ports.wordpress,
    bridgeUrl: places.addresses.bridge,
    secret: state.secrets.secret,
    oldWebhookUrl: `${places.wall}/old-webhook`,
    processes,
    changed: changes.announce,
  });
  endWith(wordpress.end);
  say(`${wordpress.label} (${wordpress.why}).`);
  if (wordpress.prepared.plugin !== 'active') {
    throw new Trouble(`The plugin could not be activated: ${wordpress.prepared.plugin}`);
  }
  const added = addedSentence(wordpress.prepared.added);
  if (added) say(added);
  return wordpress;
}
