import { readFile, writeFile } from 'node:fs/promises';
import { newSecret } from '@everypod/contract';
import { z } from 'zod';

const schema = z.object({
  /** WordPress and bridge. */
  secret: z.string(),
  /** Bridge and pods. */
  podSecret: z.string(),
});
export type Secrets = z.infer<typeof schema>;

/** The secrets of earlier starts, or new ones. */
export async function keepSecrets(file: string): Promise<Secrets> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return schema.parse(JSON.parse(kept));
  const secrets = { secret: newSecret(), podSecret: newSecret() };
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
