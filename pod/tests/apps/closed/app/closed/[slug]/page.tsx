import { Tagged } from '../../tagged';

export const revalidate = 86_400;
export const dynamicParams = false;
export const generateStaticParams = () => [{ slug: 'a' }, { slug: 'ä' }];

export default function Page() {
  return <Tagged tag="shared" />;
}
