import { z } from 'zod';
import { call } from '../outbound.ts';

const versionSchema = z.int();
const versionsSchema = z.record(z.string(), z.int());
const changedSchema = z.array(z.strictObject({ path: z.string(), version: z.int() }));

/** @throws when the origin does not answer: to a page's render that is a failed render */
export function createOriginClient(url: string, deadlineMs: number) {
  async function get<T>(path: string, schema: z.ZodType<T>, body?: string): Promise<T> {
    const { status, text, reason } = await call({
      url: url + path,
      deadlineMs,
      ...(body !== undefined && { method: 'POST', body }),
    });
    if (status !== 200) throw new Error(`The origin answered ${status} to ${path} (${reason}).`);
    return schema.parse(JSON.parse(text));
  }
  return {
    version: (path: string) => get(`/version?path=${encodeURIComponent(path)}`, versionSchema),
    versions: () => get('/versions', versionsSchema),
    change: (paths: readonly string[]) => get('/change', changedSchema, JSON.stringify(paths)),
  };
}
