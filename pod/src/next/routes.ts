import { createPod, type Pod } from '../pod.ts';
import { readBuildRecord } from './build-record.ts';
import { guardingOf } from './guarding.ts';
import { hindrance } from './hindrance.ts';
import { readRoutes } from './manifests.ts';
import { hearsAgain } from './version.ts';

/** For `app/siteapi/revalidate/route.ts`: takes what is signed by POST, and by GET the well-known call where its secret is set. */
export async function push(request: Request): Promise<Response> {
  return (await mount()).revalidate(request);
}

/** The same as {@link push}. Under `cacheComponents` Next.js takes this name, even renamed, for a forbidden setting. */
export const revalidate = push;

/** For `app/siteapi/ready/route.ts`: the readiness probe, which is the catch-up. */
export async function ready(request: Request): Promise<Response> {
  return (await mount()).ready(request);
}

/**
 * Next.js is loaded here and not above: next.config imports this package too, at a time when loading Next.js's
 * request machinery would break it for the whole process.
 */
async function mount(): Promise<Pod> {
  const { after, connection } = await import('next/server.js');
  const { revalidatePath, revalidateTag } = await import('next/cache.js');
  // Under cacheComponents a GET handler that touches no request data would be run at build time, and only then.
  await connection();
  return createPod({
    invalidator: {
      path: revalidatePath,
      // Portable: 15 ignores the second argument, and in 16 no other form forgets the page at once.
      tag: (tag) => revalidateTag(tag, { expire: 0 }),
    },
    background: after,
    hearsAgain: () => hearsAgain(readBuildRecord().nextVersion),
    // Behind a whole guard no clock decides what is old.
    hindrance: () => (guardingOf(readBuildRecord())?.whole ? null : hindrance(readBuildRecord())),
    guarding: () => guardingOf(readBuildRecord()),
    build: readBuildRecord,
    routes: readRoutes,
  });
}
