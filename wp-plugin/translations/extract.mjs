// Writes languages/everypod.pot: every translatable string of the plugin, in PHP and in TypeScript.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseSync } from '@babel/core';
import phpParser from 'php-parser';

const require = createRequire(import.meta.url);

/** The functions that translate, and the places of their arguments. */
const functions = {
  __: { id: 0 },
  esc_html__: { id: 0 },
  esc_attr__: { id: 0 },
  _x: { id: 0, context: 1 },
  _n: { id: 0, plural: 1 },
};

function parseTypeScript(code, filename) {
  const presets = [require.resolve('@wordpress/babel-preset-default')];
  const { program, comments } = parseSync(code, { filename, presets, babelrc: false, configFile: false });
  return { tree: program, comments };
}

function parsePhp(code, filename) {
  const engine = new phpParser.Engine({ parser: { extractDoc: true }, ast: { withPositions: true } });
  const tree = engine.parseCode(code, filename);
  return { tree, comments: tree.comments };
}

/** Both parsers call a call by another name; beyond that their trees are alike. */
function* callsIn(node) {
  if (typeof node !== 'object' || node === null) return;
  if (node.kind === 'call' && typeof node.what?.name === 'string') yield { name: node.what.name, node };
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
    yield { name: node.callee.name, node };
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'loc' && !/comments$/i.test(key)) yield* callsIn(child);
  }
}

/** The translators' comment that ends on the line of a call or on the one above it. */
function commentFor(line, comments) {
  const near = comments.filter(({ loc }) => loc.end.line === line || loc.end.line === line - 1);
  const texts = near.map(({ value }) => /translators:\s*([\s\S]*?)\s*(\*\/)?$/.exec(value)?.[1]);
  return texts.findLast((text) => text !== undefined)?.replace(/\s*\n[\s*]*/g, ' ');
}

function* stringsIn(file) {
  const parse = file.endsWith('.php') ? parsePhp : parseTypeScript;
  const { tree, comments } = parse(readFileSync(file, 'utf8'), file);
  for (const { name, node } of callsIn(tree)) {
    const places = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!places) continue;
    const line = node.loc.start.line;
    const [id, plural, context] = ['id', 'plural', 'context'].map(
      (part) => node.arguments[places[part]]?.value,
    );
    if (typeof id !== 'string') throw new Error(`${file}:${line}: ${name}() is not given a plain string.`);
    yield { id, plural, context, comment: commentFor(line, comments), place: `${file}:${line}` };
  }
}

/** One entry per string; its comments and places come from everywhere it stands. */
function merge(strings) {
  const entries = new Map();
  for (const { id, plural, context, comment, place } of strings) {
    const key = JSON.stringify([context, id]);
    const entry = entries.get(key) ?? { id, plural, context, comments: new Set(), places: [] };
    entry.plural ??= plural;
    if (comment) entry.comments.add(comment);
    entry.places.push(place);
    entries.set(key, entry);
  }
  return [...entries.values()];
}

function compile({ id, plural, context, comments, places }) {
  const lines = [
    ...[...comments].map((comment) => `#. translators: ${comment}`),
    ...places.map((place) => `#: ${place}`),
    ...(context === undefined ? [] : [`msgctxt ${JSON.stringify(context)}`]),
    `msgid ${JSON.stringify(id)}`,
    ...(plural === undefined
      ? ['msgstr ""']
      : [`msgid_plural ${JSON.stringify(plural)}`, 'msgstr[0] ""', 'msgstr[1] ""']),
  ];
  return `${lines.join('\n')}\n`;
}

const header = `msgid ""
msgstr ""
"Project-Id-Version: Everypod\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Domain: everypod\\n"
`;

process.chdir(join(import.meta.dirname, '..'));
const files = globSync(['*.php', 'includes/**/*.php', 'src/**/*.{ts,tsx}']).sort();
const entries = merge(files.flatMap((file) => [...stringsIn(file)]));
writeFileSync('languages/everypod.pot', [header, ...entries.map(compile)].join('\n'));
console.log(`languages/everypod.pot: ${entries.length} strings`);
