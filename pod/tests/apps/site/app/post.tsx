import { Stamp } from './stamp';

/** A post as WordPress has it now; the moment of the render alone, where a test has no WordPress. */
export async function Post({ slug }: { slug: string }) {
  const wordpress = process.env.WORDPRESS_URL;
  if (!wordpress) return <Stamp />;
  const query = new URLSearchParams({ rest_route: '/wp/v2/posts', slug, _fields: 'title' });
  const response = await fetch(`${wordpress}/?${query}`, { signal: AbortSignal.timeout(9_000) });
  if (!response.ok) throw new Error(`WordPress answered ${response.status}.`);
  const [post] = await response.json();
  return (
    <>
      <h1>{post?.title.rendered}</h1>
      <Stamp />
    </>
  );
}
