import type { GetStaticPathsContext, GetStaticPropsContext } from 'next';
import { staticProps } from '../../props';
import { Shown } from '../../shown';

export const getStaticPaths = ({ locales = [] }: GetStaticPathsContext) => ({
  paths: ['a', 'held'].flatMap((slug) =>
    (locales.length > 0 ? locales : ['']).map((locale) => ({ params: { slug }, ...(locale && { locale }) })),
  ),
  fallback: false,
});

export const getStaticProps = (context: GetStaticPropsContext) =>
  staticProps(`${context.params?.slug}`, context);

export default Shown;
