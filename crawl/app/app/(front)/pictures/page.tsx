import { pictures } from '@/pages/others';
import { show } from '@/pages/show';
import { plain } from '@/reading/kept';

export const revalidate = 86_400;

export default function Page() {
  return show(pictures, plain, {});
}
