import type { ReactNode } from 'react';
import { Frame } from '@/shown/frame';
import { now } from '@/reading/now';

type Props = { children: ReactNode; params: Promise<{ round: string }> };

export default async function Layout({ children, params }: Props) {
  const { round } = await params;
  return <Frame read={now(round)}>{children}</Frame>;
}
