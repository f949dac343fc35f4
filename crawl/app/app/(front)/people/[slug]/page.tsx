import { type Params, show } from '@/pages/show';
import { person } from '@/pages/terms';
import { byNode } from '@/reading/kept';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(person, byNode, await params);
}
