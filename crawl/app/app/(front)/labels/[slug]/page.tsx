import { type Params, show } from '@/pages/show';
import { label } from '@/pages/terms';
import { kept } from '@/reading/kept';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(label, kept, await params);
}
