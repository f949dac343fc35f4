import { comments } from '@/pages/posts';
import { type Params, show } from '@/pages/show';
import { computed } from '@/reading/kept';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(comments, computed, await params);
}
