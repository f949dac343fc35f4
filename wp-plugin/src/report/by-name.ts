/** Sorts pods so that a line keeps its place from one answer to the next, and pod 2 stands before pod 10. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}
