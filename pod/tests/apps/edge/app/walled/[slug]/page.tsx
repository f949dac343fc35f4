import { Stamp } from '../../stamp';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** Behind a login, which middleware asks for. */
export default function Page() {
  return <Stamp />;
}
