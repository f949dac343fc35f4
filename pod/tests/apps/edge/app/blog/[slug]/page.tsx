import { Stamp } from '../../stamp';

export const revalidate = 86_400;
export const generateStaticParams = () => [{ slug: 'b' }];

export default function Page() {
  return <Stamp />;
}
