import { type Params, show } from '@/pages/show';
import { genre } from '@/pages/terms';
import { computed } from '@/reading/kept';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(genre, computed, await params);
}
