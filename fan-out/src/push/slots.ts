/** Lets at most `most` tasks run at one moment; the others wait in the order they came. */
export type Slots = { run<T>(task: () => Promise<T>): Promise<T> };

export function createSlots(most: number): Slots {
  const waiting: Array<() => void> = [];
  let free = most;
  return {
    async run(task) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
