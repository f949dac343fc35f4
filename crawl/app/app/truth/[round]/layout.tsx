import type { ReactNode } from 'react';
import { now } from '@/reading/now';
import { Frame } from '@/shown/frame';

type Props = { children: ReactNode; params: Promise<{ round: string }> };

export default async function Layout({ children, params }: Props) {
  const { round } = await params;
  return <Frame read={now(round)}>{children}</Frame>;
}
