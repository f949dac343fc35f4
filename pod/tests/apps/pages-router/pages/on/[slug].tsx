import type { GetStaticPropsContext } from 'next';
import { Shown, staticProps } from '../../shown';

export const getStaticPaths = () => ({
  paths: [],
  fallback: true,
});

export const getStaticProps = (context: GetStaticPropsContext) =>
  staticProps(`${context.params?.slug}`, context);

export default Shown;
