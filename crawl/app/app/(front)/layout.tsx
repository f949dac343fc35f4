import type { ReactNode } from 'react';
import { Frame } from '@/shown/frame';
import { kept } from '@/reading/kept';

export default function Layout({ children }: { children: ReactNode }) {
  return <Frame read={kept}>{children}</Frame>;
}
