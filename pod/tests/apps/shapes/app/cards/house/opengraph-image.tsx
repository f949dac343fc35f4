import { picture } from '../picture';

export const revalidate = 86_400;
export const dynamic = 'force-static';
export const size = { width: 120, height: 63 };
export const contentType = 'image/png';

export default function Image() {
  return picture('house', size);
}
