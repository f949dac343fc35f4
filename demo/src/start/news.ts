import { screen } from '../screen/screen.ts';

export type News = {
  /** Prints the line, if there is one and all has started. */
  tell(line: string | null): void;
  begin(): void;
};

/** What happens while everything starts is not yet news. */
export function createNews(): News {
  let started = false;
  return {
    tell: (line) => {
      if (line !== null && started) screen.event(line);
    },
    begin: () => {
      started = true;
    },
  };
}
