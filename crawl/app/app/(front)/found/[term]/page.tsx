import { byNode } from '@/reading/kept';
import { found } from '@/shown/posts';
import { type Params, show } from '@/shown/show';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(found, byNode, await params);
}
