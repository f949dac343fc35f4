import { contentAtBuild } from '../../content-at-build';
import { contentOf, shown } from '../../origin';

const ids: Record<string, number> = { one: 501, two: 502 };

export const revalidate = 86_400;
export const generateStaticParams = () => [...Object.keys(ids), 'unheard'].map((slug) => ({ slug }));

/** Made by `next build`, from what answers then and says which post it is, or from what nobody can hear. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const isBuild = process.env.NEXT_PHASE === 'phase-production-build';
  const unheard = isBuild && slug === 'unheard' ? '0' : null;
  const content = unheard ?? (await (isBuild ? contentAtBuild(`p${ids[slug]}`) : contentOf(slug)));
  return <output>{shown(content)}</output>;
}
