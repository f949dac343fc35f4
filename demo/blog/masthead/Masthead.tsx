import { readSite } from '@/wordpress/site';
import './masthead.css';

export async function Masthead() {
  const site = await readSite();
  return (
    <header className="masthead">
      <a className="masthead-name" href="/">
        {site.name}
      </a>
      {site.description && <p className="masthead-line">{site.description}</p>}
    </header>
  );
}
