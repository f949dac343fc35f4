import { Freshness } from 'everypod/freshness';
import type { GetStaticPropsContext, InferGetStaticPropsType } from 'next';
import Head from 'next/head';
import { contentOf, postIn, work } from '../../app/origin';

export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' });

export async function getStaticProps({ params }: GetStaticPropsContext) {
  const content = await contentOf(`${params?.slug}`);
  await work();
  return { props: { content, post: postIn(content) }, revalidate: 86_400 };
}

export default function Old({ content, post }: InferGetStaticPropsType<typeof getStaticProps>) {
  return (
    <>
      <Head>
        <Freshness post={post} />
      </Head>
      <output>{`rendered:${content}`}</output>
    </>
  );
}
