/** Whether a Next.js is of a version or newer; not where its own is not known. */
export function isFrom(nextVersion: string | null, major: number, minor: number, patch = 0): boolean {
  const [a = 0, b = 0, c = 0] = (nextVersion ?? '').split('.').map(Number.parseFloat);
  return a > major || (a === major && (b > minor || (b === minor && c >= patch)));
}
