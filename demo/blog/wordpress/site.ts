import { cache } from 'react';
import { z } from 'zod';
import { plainText } from './plain-text';
import { ask } from './request';

export type Site = z.infer<typeof siteShape>;

const siteShape = z.object({
  name: z.string().transform(plainText),
  description: z.string().transform(plainText),
  home: z.url(),
});

/** Its settings carry no tag: for a change of those, WordPress sends one coarse target. */
export const readSite = cache(() => ask('/', siteShape, { query: { _fields: 'name,description,home' } }));
