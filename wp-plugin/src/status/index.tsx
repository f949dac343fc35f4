import { createRoot } from '@wordpress/element';
import { StatusPage } from './status-page.tsx';

const root = document.getElementById('everypod-status');
if (root) createRoot(root).render(<StatusPage />);
