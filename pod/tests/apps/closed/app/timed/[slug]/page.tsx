import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Tagged } from '../../tagged';

export const revalidate = 1;
export const dynamicParams = false;
export const generateStaticParams = () => [{ slug: 'a' }];

/** Has another tag once a test has written a file. */
export default function Page() {
  const gained = join(process.env.TEST_PUBLISHED ?? '', 'gained');
  return <Tagged tag={existsSync(/* turbopackIgnore: true */ gained) ? 'gained' : 'born'} />;
}
