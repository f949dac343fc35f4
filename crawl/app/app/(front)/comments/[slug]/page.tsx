import { computed } from '@/reading/kept';
import { comments } from '@/shown/posts';
import { type Params, show } from '@/shown/show';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(comments, computed, await params);
}
