import { join } from 'node:path';
import { z } from 'zod';
import { siteFolder } from '../system/places.ts';
import type { RunProgram } from './programs.ts';

const namedSchema = z.record(z.string(), z.int());

/** The id of each thing by what it is and its slug, such as `post storm` or `category news`. */
export type Named = z.infer<typeof namedSchema>;

export async function fillSite(run: RunProgram): Promise<Named> {
  const printed = await run(`require '${join(siteFolder, 'seed.php')}';`);
  return namedSchema.parse(JSON.parse(printed));
}
