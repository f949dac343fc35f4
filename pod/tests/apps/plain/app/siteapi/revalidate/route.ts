import { promises as dns } from 'node:dns';
import { revalidatePath } from 'next/cache';
import { type NextRequest, NextResponse } from 'next/server';

export const dynamic = 'force-dynamic';

/** The route of the write-up, as a team has it that has never heard of Everypod. */
export async function GET(request: NextRequest) {
  const { searchParams } = request.nextUrl;
  const secret = searchParams.get('secret');
  const slug = searchParams.get('slug');
  const isFanout = searchParams.get('fanout') === '1';
  if (!secret || secret !== process.env.REVALIDATE_SECRET) {
    return NextResponse.json({ ok: false, message: 'Invalid secret' }, { status: 401 });
  }
  if (!slug) return NextResponse.json({ ok: false, message: 'Missing slug' }, { status: 400 });

  const podIp = process.env.POD_IP;
  revalidatePath(`/${slug}`);
  revalidatePath(`/${slug}/`);
  console.log(`[revalidate] ${isFanout ? 'fanout' : 'primary'} pod=${podIp} slug=${slug}`);

  if (!isFanout && process.env.HEADLESS_SERVICE) {
    const ips = await dns.resolve4(process.env.HEADLESS_SERVICE);
    const others = ips.filter((ip) => ip !== podIp);
    console.log(`[revalidate] fan-out from ${podIp} to [${others.join(', ')}]`);
    await Promise.allSettled(
      others.map(async (ip) => {
        const query = new URLSearchParams({ secret, slug, fanout: '1' });
        const url = `http://${ip}:${process.env.PORT}/siteapi/revalidate?${query}`;
        const answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
        console.log(`[revalidate] fan-out to ${ip} → ${answer.status}`);
      }),
    );
  }
  return NextResponse.json({ ok: true, pod: podIp, fanout: isFanout });
}
