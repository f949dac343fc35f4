export const runtime = 'edge';

export async function GET() {
  const answer = await fetch(`${process.env.TEST_ORIGIN}/edge`, { next: { tags: ['item:edge'] } });
  return new Response(`rendered:${await answer.text()}`);
}
