import type { GetStaticPropsContext } from 'next';
import { Shown, staticProps } from '../shown';

export const getStaticProps = (context: GetStaticPropsContext) => staticProps('front', context);

export default Shown;
