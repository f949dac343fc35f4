import { computed } from '@/reading/kept';
import { type Params, show } from '@/shown/show';
import { genre } from '@/shown/terms';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(genre, computed, await params);
}
