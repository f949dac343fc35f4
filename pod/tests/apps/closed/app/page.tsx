import { Stamp } from './stamp';

export const revalidate = 86_400;

export default function Page() {
  return <Stamp />;
}
