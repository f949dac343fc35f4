export const runtime = 'edge';

export default function Page() {
  return <output>{`rendered:${Date.now()}`}</output>;
}
