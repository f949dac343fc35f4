import { headers } from 'next/headers';
import { Content } from '../../content';

/** Made for each visitor. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  await headers();
  const { slug } = await params;
  return <Content slug={slug} />;
}
