import type { GetStaticPropsContext } from 'next';
import { contentOf, waitForTest } from './app/published';

/** Not found as long as its content says so; what is `held` takes as long as a test wants. */
export async function staticProps(name: string, { locale = '' }: GetStaticPropsContext) {
  const content = contentOf(name);
  if (content === 'none') return { notFound: true as const, revalidate: 86_400 };
  if (name === 'held' && content !== '0') await waitForTest(name);
  return { props: { content: `${content}.${Date.now()}${locale && `/${locale}`}` }, revalidate: 86_400 };
}
