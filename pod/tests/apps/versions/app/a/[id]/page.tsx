import { setTimeout as sleep } from 'node:timers/promises';

export const revalidate = 86_400;
export const generateStaticParams = () => Array.from({ length: 20 }, (_, id) => ({ id: String(id) }));

/** An article of the fault suite's origin. Without an origin, as in the build, it is at its first version. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const version = await versionOf(id);
  // From reading the content to storing the page, the render is in flight.
  if (id === '0') await sleep(Number(process.env.TEST_SLOW_RENDER_MS ?? 0));
  return <output>{`version:${version}`}</output>;
}

async function versionOf(id: string): Promise<number> {
  const origin = process.env.TEST_ORIGIN_URL;
  if (!origin) return 1;
  const tags = [`article:${id}`, `section:${Number(id) % 5}`];
  const answer = await fetch(`${origin}/version?path=/a/${id}`, { next: { tags, revalidate } });
  return answer.json();
}
