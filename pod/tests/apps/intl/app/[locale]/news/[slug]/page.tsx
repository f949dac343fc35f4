import { getTranslations, setRequestLocale } from 'next-intl/server';
import { contentOf, shown } from '../../../origin';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default async function Page({ params }: { params: Promise<{ locale: string; slug: string }> }) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const t = await getTranslations();
  const content = await contentOf(`${locale}.${slug}`);
  return <output>{`${t('title')} ${shown(content)}`}</output>;
}
