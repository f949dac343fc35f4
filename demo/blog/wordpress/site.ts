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

/** For a change of its settings WordPress sends one coarse target, the whole site. */
export const readSite = cache(() => {
  return ask('/', siteShape, { _fields: 'name,description,home' }, { kept: true });
});
