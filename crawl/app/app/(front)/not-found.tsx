import { Made } from '@/shown/show';

export default function NotFound() {
  return (
    <main>
      <Made />
      Not found
    </main>
  );
}
