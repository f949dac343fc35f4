const defaults = require('@wordpress/scripts/config/webpack.config');

module.exports = {
  ...defaults,
  entry: {
    editor: './src/editor/index.tsx',
    status: './src/status/index.tsx',
  },
};
