import { Content } from '../../content';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** The page of one of many sites. */
export default async function Page({ params }: { params: Promise<{ domain: string; slug: string }> }) {
  const { domain, slug } = await params;
  return <Content slug={`${domain}.${slug}`} />;
}
