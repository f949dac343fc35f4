import { Cached } from './cached';

export default function Page() {
  return <Cached tag="front-page" />;
}
