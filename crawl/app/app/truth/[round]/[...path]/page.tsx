import { connection } from 'next/server';
import { now } from '@/reading/now';
import { show } from '@/shown/show';
import { pageAt } from '@/shown/table';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ round: string; path: string[] }> };

/** The page at the rest of the path as it would be if it were made now. */
export default async function Truth({ params }: Props) {
  await connection();
  const { round, path } = await params;
  const found = pageAt(path.map(decodeURIComponent));
  return show(found.page, now(round), found.params);
}
