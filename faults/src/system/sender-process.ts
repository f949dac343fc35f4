import { fileURLToPath } from 'node:url';
import type { Programs, Running } from '../processes/programs.ts';
import {
  type SenderNews,
  type SenderOrder,
  type SenderSettings,
  senderNewsSchema,
} from '../workload/messages.ts';

const program = fileURLToPath(new URL('../workload/sender.ts', import.meta.url));

/** The sender's process, as its parent sees it. */
export type SenderProcess = {
  start(): void;
  kill(): Promise<void>;
  order(order: Exclude<SenderOrder, { do: 'begin' }>): void;
  /** Events that no bridge has accepted yet, by the sender's last word. */
  waiting(): number;
};

type Options = {
  programs: Programs;
  settings: SenderSettings;
  heard: (news: SenderNews) => void;
};

export function createSenderProcess({ programs, settings, heard }: Options): SenderProcess {
  let running: Running | null = null;
  let waiting = 0;
  return {
    start() {
      running = programs.start({ name: 'sender', args: [program], channel: true });
      running.onMessage((message) => {
        const news = senderNewsSchema.parse(message);
        if (news.news === 'waiting') waiting = news.count;
        heard(news);
      });
      running.send({ do: 'begin', settings });
    },
    kill: async () => running?.kill(),
    order: (order) => running?.send(order),
    waiting: () => waiting,
  };
}
