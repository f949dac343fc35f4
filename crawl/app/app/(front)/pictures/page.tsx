import { plain } from '@/reading/kept';
import { pictures } from '@/shown/others';
import { show } from '@/shown/show';

export const revalidate = 86_400;

export default function Page() {
  return show(pictures, plain, {});
}
