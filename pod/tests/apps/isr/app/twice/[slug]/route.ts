import { revalidatePath } from 'next/cache';
import { after, connection } from 'next/server';
import { waitForTest } from '../../published';

/** What the pod must not do before Next.js 16.4: invalidate once more behind the request that did so first. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }) {
  await connection();
  const { slug } = await params;
  const path = `/slow/${slug}`;
  revalidatePath(path);
  after(async () => {
    await waitForTest(`${slug}-twice`);
    revalidatePath(path);
  });
  return new Response('once');
}
