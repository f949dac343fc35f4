import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Masthead } from '@/masthead/Masthead';
import { readSite } from '@/wordpress/site';
import './blog.css';

export async function generateMetadata(): Promise<Metadata> {
  const { name, description } = await readSite();
  return { title: { default: name, template: `%s – ${name}` }, description };
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <Masthead />
        {children}
      </body>
    </html>
  );
}
