import type { GetStaticPropsContext } from 'next';
import { staticProps } from '../props';
import { Shown } from '../shown';

export const getStaticProps = (context: GetStaticPropsContext) => staticProps('front', context);

export default Shown;
