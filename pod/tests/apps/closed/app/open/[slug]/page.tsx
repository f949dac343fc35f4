import { Tagged } from '../../tagged';

export const revalidate = 86_400;
export const generateStaticParams = () => [{ slug: 'a' }];

export default function Page() {
  return <Tagged tag="shared" />;
}
