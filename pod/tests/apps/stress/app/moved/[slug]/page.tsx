import { redirect } from 'next/navigation';

export const revalidate = 86_400;
export const generateStaticParams = () => [];

export default function Page() {
  redirect('/plain/elsewhere');
}
