import { registerPlugin } from '@wordpress/plugins';
import { EverypodPanels } from './everypod-panels.tsx';
import { Icon } from './icon.tsx';

registerPlugin('everypod', { icon: <Icon />, render: EverypodPanels });
