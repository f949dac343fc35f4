import type { Line } from './line.ts';

/** Lines by a text that usually only one of them has: a Set for each would outweigh the lines. */
export type LineIndex = {
  get(text: string): readonly Line[];
  add(text: string, line: Line): void;
  delete(text: string, line: Line): void;
};

export function createLineIndex(): LineIndex {
  const byText = new Map<string, Line | Line[]>();

  function get(text: string): readonly Line[] {
    const found = byText.get(text);
    if (!found) return [];
    return Array.isArray(found) ? found : [found];
  }

  function put(text: string, lines: Line[]) {
    const [first, second] = lines;
    if (first) byText.set(text, second ? lines : first);
    else byText.delete(text);
  }

  return {
    get,
    add: (text, line) => put(text, [...get(text).filter((other) => other !== line), line]),
    delete: (text, line) =>
      put(
        text,
        get(text).filter((other) => other !== line),
      ),
  };
}
