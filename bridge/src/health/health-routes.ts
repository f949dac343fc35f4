import { type Journal, JournalUnavailable } from '../journal/journal.ts';

/** `/healthz`: the process answers. `/readyz`: it takes events. */
export function createHealthRoutes({ journal, stopping }: { journal: Journal; stopping: () => boolean }) {
  return {
    healthz: () => Response.json({ ok: true }),
    async readyz(): Promise<Response> {
      if (stopping()) return notReady('stopping');
      try {
        const trouble = await journal.trouble();
        return trouble === null ? Response.json({ ready: true }) : notReady(trouble);
      } catch (error) {
        return notReady(error instanceof JournalUnavailable ? error.message : 'the journal cannot be read');
      }
    },
  };
}

function notReady(reason: string): Response {
  return Response.json({ ready: false, reason }, { status: 503 });
}
