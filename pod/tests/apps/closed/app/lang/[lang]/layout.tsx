import type { ReactNode } from 'react';

export const dynamicParams = false;
export const generateStaticParams = () => [{ lang: 'en' }];

/** Closes every page under it. */
export default function Layout({ children }: { children: ReactNode }) {
  return <main>{children}</main>;
}
