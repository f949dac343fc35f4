import { books } from '@/shown/others';
import { show } from '@/shown/show';
import { kept } from '@/reading/kept';

export const revalidate = 86_400;

export default function Page() {
  return show(books, kept, {});
}
