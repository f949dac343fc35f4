/** A response of Node.js, as far as its head is looked at. */
export type Response = {
  once(event: 'close', listener: () => void): void;
  writableFinished: boolean;
  writeHead?: (...how: never[]) => unknown;
  getHeader?(name: string): unknown;
  setHeader?(name: string, value: string): unknown;
};

const cacheControl = 'cache-control';
const brief = 's-maxage=1';

/** Has nobody between this pod and its visitors keep what is old: asked as the head leaves, when it is known. */
export function limitLifetime(response: Response, isOld: () => boolean): void {
  const { writeHead } = response;
  if (writeHead === undefined) return;
  response.writeHead = (...how: never[]) => {
    // Next.js sets some headers as lists.
    const isShared = /\bs-maxage=(?!0\b|1\b)\d/.test(String(response.getHeader?.(cacheControl) ?? ''));
    if (isShared && isOld()) response.setHeader?.(cacheControl, brief);
    return writeHead.apply(response, how);
  };
}
