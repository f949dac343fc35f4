import { type Params, show } from '@/pages/show';
import { ofSite } from '@/pages/site';
import { plain } from '@/reading/kept';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(ofSite, plain, await params);
}
