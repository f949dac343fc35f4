import { books } from '@/pages/others';
import { show } from '@/pages/show';
import { kept } from '@/reading/kept';

export const revalidate = 86_400;

export default function Page() {
  return show(books, kept, {});
}
