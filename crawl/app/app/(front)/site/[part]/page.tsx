import { plain } from '@/reading/kept';
import { type Params, show } from '@/shown/show';
import { ofSite } from '@/shown/site';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<Params> }) {
  return show(ofSite, plain, await params);
}
