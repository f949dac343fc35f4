import { ImageResponse } from 'next/og';
import { contentNow } from '../content';

/** Draws what the origin has, and says it in a header too, since nobody reads it from a picture. */
export async function picture(name: string, size: { width: number; height: number }) {
  const content = await contentNow(name);
  return new ImageResponse(<div style={{ display: 'flex', fontSize: 20 }}>{content}</div>, {
    ...size,
    headers: { 'x-shown': `rendered:${content}` },
  });
}
