import { home } from '@/shown/posts';
import { show } from '@/shown/show';
import { plain } from '@/reading/kept';

export const revalidate = 86_400;

export default function Page() {
  return show(home, plain, {});
}
