import { cacheLife, cacheTag } from 'next/cache';
import { Stamp } from './stamp';

export async function Cached({ tag }: { tag: string }) {
  'use cache';
  cacheLife('max');
  cacheTag(tag);
  return <Stamp />;
}
