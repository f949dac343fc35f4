import { z } from 'zod';

/**
 * Why a pod has read what its pages are made from and heard no keys. `none given`: no answer had any. `taken away`: WordPress gives them, as
 * its events show, and they are gone or spoiled where they arrive. `another host`: they come from another one than the pod is told
 * that content comes from. `not heard`: pages were made, and nothing that was read for them could be heard.
 */
export const keylessSchema = z.enum(['none given', 'taken away', 'another host', 'not heard']);
export type Keyless = z.infer<typeof keylessSchema>;
