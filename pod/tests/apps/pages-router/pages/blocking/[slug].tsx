import type { GetStaticPropsContext } from 'next';
import { staticProps } from '../../props';
import { Shown } from '../../shown';

export const getStaticPaths = () => ({
  paths: [],
  fallback: 'blocking',
});

export const getStaticProps = (context: GetStaticPropsContext) =>
  staticProps(`${context.params?.slug}`, context);

export default Shown;
