import type { Command } from '../commands.ts';
import { readArguments, usage } from './arguments.ts';
import { sendEvent } from './send-event.ts';
import { wordsFor } from './words.ts';

/** `everypod send`. */
export const send: Command = {
  says: 'tell every pod, through the bridge, what has changed',
  async run(given, { environment, say, complain }) {
    const asked = readArguments(given, environment);
    if (asked.kind === 'help') {
      say(usage);
      return 0;
    }
    if (asked.kind === 'wrong') {
      complain(`${asked.reason}\nSee everypod send --help.\n`);
      return 2;
    }
    const sent = await sendEvent(asked.sending);
    const words = `${wordsFor(sent).join('\n')}\n`;
    if (sent.kind === 'accepted') say(words);
    else complain(words);
    if (sent.kind === 'malformed') return 2;
    return sent.kind === 'accepted' ? 0 : 1;
  },
};
