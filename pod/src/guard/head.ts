/** A response of Node.js, as far as its head is looked at. */
export type Response = {
  once(event: 'close', listener: () => void): void;
  writableFinished: boolean;
  writeHead?: (...how: never[]) => unknown;
  getHeader?(name: string): unknown;
  setHeader?(name: string, value: string): unknown;
};

/** Calls this as the head leaves, when all that it says is known. */
export function beforeHead(response: Response, look: () => void): void {
  const { writeHead } = response;
  if (writeHead === undefined) return;
  response.writeHead = (...how: never[]) => {
    look();
    return writeHead.apply(response, how);
  };
}

/** What caches are told of it. Next.js sets some headers as lists. */
export function cacheControlOf(response: Response): string {
  return String(response.getHeader?.(cacheControl) ?? '');
}

export const cacheControl = 'cache-control';
