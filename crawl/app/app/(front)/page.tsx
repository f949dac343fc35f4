import { plain } from '@/reading/kept';
import { home } from '@/shown/posts';
import { show } from '@/shown/show';

export const revalidate = 86_400;

export default function Page() {
  return show(home, plain, {});
}
