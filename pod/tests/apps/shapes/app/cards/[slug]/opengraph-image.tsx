import { picture } from '../picture';

export const revalidate = 86_400;
export const dynamic = 'force-static';
export const generateStaticParams = () => [];
export const size = { width: 120, height: 63 };
export const contentType = 'image/png';

export default async function Image({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return picture(slug, size);
}
