import type { GetStaticPropsContext } from 'next';
import { contentOf, work } from '../../app/origin';

export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' });

export async function getStaticProps({ params }: GetStaticPropsContext) {
  const content = await contentOf(`${params?.slug}`);
  await work();
  return { props: { content }, revalidate: 86_400 };
}

export default function Old({ content }: { content: string }) {
  return <output>{`rendered:${content}`}</output>;
}
