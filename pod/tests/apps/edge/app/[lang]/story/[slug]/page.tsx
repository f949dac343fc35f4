import { Stamp } from '../../../stamp';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** What middleware serves at an address without a language. */
export default function Page() {
  return <Stamp />;
}
