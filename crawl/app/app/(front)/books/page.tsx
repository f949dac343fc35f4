import { kept } from '@/reading/kept';
import { books } from '@/shown/others';
import { show } from '@/shown/show';

export const revalidate = 86_400;

export default function Page() {
  return show(books, kept, {});
}
