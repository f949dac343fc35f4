import wordpress from '@wordpress/eslint-plugin';
import { parser } from 'typescript-eslint';

// Biome formats and lints; this pass holds only what Biome doesn't know: WordPress' rules for translatable
// strings, and the accessibility rules of its editor.
export default [
  { ignores: ['build/**', 'vendor/**', 'node_modules/**'] },
  { files: ['**/*.{ts,tsx}'] },
  { languageOptions: { parser } },
  ...wordpress.configs.i18n,
  ...wordpress.configs['jsx-a11y'],
  { rules: { '@wordpress/i18n-text-domain': ['error', { allowedTextDomain: 'everypod' }] } },
];
