/** Lets several parts of the demo tell that something has changed, and others hear of it. */
export type Changes = {
  announce(): void;
  /** Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
};

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  return {
    announce: () => {
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
