import { draftMode } from 'next/headers';

/** As an editor's preview begins. */
export async function GET() {
  (await draftMode()).enable();
  return new Response('Draft Mode');
}
