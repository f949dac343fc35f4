import type { Command } from '../commands.ts';
import { readArguments, usage } from './arguments.ts';
import { askForCdnTags } from './ask.ts';

/** `everypod cdn-tags`. */
export const cdnTags: Command = {
  says: 'say what to purge from a CDN that goes by tag',
  async run(given, { environment, say, complain }) {
    const asked = readArguments(given, environment);
    if (asked === 'help') {
      say(usage);
      return 0;
    }
    if ('wrong' in asked) {
      complain(`${asked.wrong}\nSee everypod cdn-tags --help.\n`);
      return 2;
    }
    const answer = 'early' in asked ? { reason: asked.early } : await askForCdnTags(asked);
    if ('reason' in answer) {
      complain(`${answer.reason}\n`);
      return 1;
    }
    say([...answer].map((tag) => `${tag}\n`).join(''));
    return 0;
  },
};
