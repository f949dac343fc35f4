import type { GetStaticPropsContext, InferGetStaticPropsType } from 'next';
import Head from 'next/head';
import { contentOf, versionIn, work } from '../../app/origin';

export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' });

export async function getStaticProps({ params }: GetStaticPropsContext) {
  const content = await contentOf(`${params?.slug}`);
  await work();
  return { props: { content, version: versionIn(content) }, revalidate: 86_400 };
}

export default function Old({ content, version }: InferGetStaticPropsType<typeof getStaticProps>) {
  return (
    <>
      <Head>{version && <meta name="everypod:version" content={version} />}</Head>
      <output>{`rendered:${content}`}</output>
    </>
  );
}
