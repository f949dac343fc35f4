/** Of a trace by `strace -f -y`: how many answers 2xx were sent, and which of them before their commit was on disk. */
export type Traced = { requests: number; answers: number; flushes: number; early: string[] };

/** A call during which another thread's was written down is told in two lines; what was read stands in the second. */
const request = /\b(?:read|recvfrom)(?:\(\d+<(?:TCP|socket)[^>]*>, | resumed> ?)"POST \/v1\/events/;
const flush = /\b(?:fsync|fdatasync)\(\d+<[^>]*journal[^>]*>\)? *= 0|\b(?:fsync|fdatasync) resumed>.* = 0/;
const answer = /\b(?:write|writev|sendto|sendmsg)\(\d+<(?:TCP|socket)[^>]*>, .*"HTTP\/1\.1 20[02]/;

/** Events were sent one after the other, so between each request and its answer there must be a flush of the journal. */
export function readTrace(lines: readonly string[]): Traced {
  const traced: Traced = { requests: 0, answers: 0, flushes: 0, early: [] };
  let flushed = false;
  for (const line of lines) {
    if (request.test(line)) {
      flushed = false;
      traced.requests += 1;
    }
    if (flush.test(line)) {
      flushed = true;
      traced.flushes += 1;
    } else if (answer.test(line)) {
      traced.answers += 1;
      if (!flushed) traced.early.push(line.slice(0, 120));
    }
  }
  return traced;
}
