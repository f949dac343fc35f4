import type { ReactNode } from 'react';
import { kept } from '@/reading/kept';
import { Frame } from '@/shown/frame';

export default function Layout({ children }: { children: ReactNode }) {
  return <Frame read={kept}>{children}</Frame>;
}
