import type { Journal } from '../journal/journal.ts';

/** `/healthz`: the process answers. `/readyz`: it takes events. */
export function createHealthRoutes({ journal, stopping }: { journal: Journal; stopping: () => boolean }) {
  return {
    healthz: () => Response.json({ ok: true }),
    async readyz(): Promise<Response> {
      if (stopping()) return notReady('stopping');
      try {
        await journal.position();
        return Response.json({ ready: true });
      } catch {
        return notReady('the journal cannot be read');
      }
    },
  };
}

function notReady(reason: string): Response {
  return Response.json({ ready: false, reason }, { status: 503 });
}
