import { byNode } from '@/reading/kept';
import { book } from '@/shown/others';
import { type Params, show } from '@/shown/show';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(book, byNode, await params);
}
