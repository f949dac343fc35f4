import { headers } from 'next/headers';
import { contentOf, shown } from '../../origin';

/** Made for each visitor. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  await headers();
  return <output>{shown(await contentOf((await params).slug))}</output>;
}
