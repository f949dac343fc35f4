import { pictures } from '@/shown/others';
import { show } from '@/shown/show';
import { plain } from '@/reading/kept';

export const revalidate = 86_400;

export default function Page() {
  return show(pictures, plain, {});
}
