import { Post } from '../post';

export const revalidate = 86_400;
export const generateStaticParams = () => [{ path: ['my-post'] }];

export default async function Page({ params }: { params: Promise<{ path: string[] }> }) {
  const { path } = await params;
  return <Post slug={path.join('/')} />;
}
