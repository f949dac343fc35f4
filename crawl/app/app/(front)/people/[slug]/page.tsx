import { byNode } from '@/reading/kept';
import { type Params, show } from '@/shown/show';
import { person } from '@/shown/terms';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(person, byNode, await params);
}
