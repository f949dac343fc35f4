import { registerPlugin } from '@wordpress/plugins';
import { EverypodPanels } from './everypod-panels.tsx';

registerPlugin('everypod', { render: EverypodPanels });
