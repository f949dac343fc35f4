import { notFound } from 'next/navigation';
import { contentOf, shown } from '../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** Whatever WordPress has at an address, and else no page. */
export default async function Page({ params }: { params: Promise<{ path: string[] }> }) {
  const { path } = await params;
  const content = await contentOf(path.map((part) => encodeURIComponent(decodeURIComponent(part))).join('.'));
  if (content === '0') notFound();
  return <output>{shown(content)}</output>;
}
