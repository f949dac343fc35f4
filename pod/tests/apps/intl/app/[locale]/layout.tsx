import { setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { routing } from '../../i18n/routing';

export const generateStaticParams = () => routing.locales.map((locale) => ({ locale }));

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

export default async function Layout({ children, params }: Props) {
  setRequestLocale((await params).locale);
  return children;
}
