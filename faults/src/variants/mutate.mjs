// Preloaded by --import: loads the source with the edits of one broken variant, and refuses to run without them.
import { registerHooks } from 'node:module';
import { variants } from './table.ts';

const name = process.env.EVERYPOD_FAULTS_VARIANT;

if (name) {
  const variant = variants.find((one) => one.name === name);
  if (!variant) throw new Error(`There is no variant called "${name}".`);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const edits = variant.edits.filter(({ file }) => url.endsWith(`/${file}`));
      if (edits.length === 0) return loaded;
      return { ...loaded, source: edits.reduce(edited, String(loaded.source)) };
    },
  });
}

function edited(source, { file, snippet, replacement }) {
  const parts = source.split(snippet);
  if (parts.length !== 2) {
    throw new Error(
      `The snippet of the variant "${name}" stands ${parts.length - 1} times in ${file}, not once.`,
    );
  }
  return parts.join(replacement);
}
