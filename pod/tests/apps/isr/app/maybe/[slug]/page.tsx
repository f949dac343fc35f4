import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from 'next/navigation';
import { Stamp } from '../../stamp';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** A post that is there once a test has written a file of its name. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const published = join(process.env.TEST_PUBLISHED ?? '', slug);
  if (!existsSync(/* turbopackIgnore: true */ published)) notFound();
  return <Stamp />;
}
