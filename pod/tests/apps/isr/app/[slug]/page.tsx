import { Post } from '../post';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** At the address that WordPress gives a post. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <Post slug={decodeURIComponent(slug)} />;
}
