import { Made } from '@/pages/show';

export default function NotFound() {
  return (
    <main>
      <Made />
      Not found
    </main>
  );
}
