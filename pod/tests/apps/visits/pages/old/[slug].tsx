import { contentOf, work } from '../../app/origin';

export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' as const });

export async function getStaticProps({ params }: { params: { slug: string } }) {
  const content = await contentOf(params.slug);
  await work();
  return { props: { content }, revalidate: 86_400 };
}

export default function Old({ content }: { content: string }) {
  return <output>{`rendered:${content}`}</output>;
}
