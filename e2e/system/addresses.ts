import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What `npm start -- --ready-file` writes. */
const addressesSchema = z.object({
  wordpress: z.object({ url: z.url(), user: z.string(), password: z.string() }),
  bridge: z.object({ url: z.url(), secret: z.string(), podSecret: z.string() }),
  pods: z.array(z.object({ name: z.string(), ip: z.string(), url: z.url() })),
  wall: z.url(),
  balancer: z.url(),
});

export type Addresses = z.infer<typeof addressesSchema>;
export type Pod = Addresses['pods'][number];

export function readAddresses(file: string): Addresses {
  return addressesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
