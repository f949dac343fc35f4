import { Stamp } from '../stamp';

export const revalidate = 86_400;
export const generateStaticParams = () => [{ path: ['my-post'] }];

export default function Page() {
  return <Stamp />;
}
