import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Each file holds a list of answers; the schemas of the PHP routes are held to the same files. */
const types = {
  'post-delivery': 'PostDelivery',
  deliveries: 'Deliveries',
  settings: 'Settings',
  'connection-test': 'ConnectionTest',
  pods: 'PodsAnswer',
};

const wrong = {
  'a field too many': '[{"configured": true, "visible": true, "unsent": false, "delivery": null, "more": 1}]',
  'a field too few': '[{"configured": true, "visible": true, "unsent": false}]',
  'a field of another kind': '[{"configured": "yes", "visible": true, "unsent": false, "delivery": null}]',
};

/** What TypeScript has against each of some JSON texts being a list of a type of shapes.ts. */
function faultsOf(texts: Record<string, { type: string; json: string }>): Map<string, string[]> {
  const sources = new Map(
    Object.entries(texts).map(([name, { type, json }]) => [
      here(`./${name.replaceAll(' ', '-')}.ts`),
      `import type { ${type} } from '../../src/rest/shapes.ts';\nexport const answers: ${type}[] = ${json};\n`,
    ]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    lib: ['lib.es5.d.ts'],
    types: [],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile;
  host.getSourceFile = (name, ...rest) => {
    const source = sources.get(name);
    if (source === undefined) return fromDisk(name, ...rest);
    return ts.createSourceFile(name, source, ts.ScriptTarget.ESNext);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const faults = [...sources.keys()].map((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
  return new Map(Object.keys(texts).map((name, at) => [name, faults[at] ?? ['was not looked at']]));
}

const samples = Object.entries(types).map(([name, type]) => {
  const json = readFileSync(here(`../rest-shapes/${name}.json`), 'utf8');
  return [name, { type, json }] as const;
});
const broken = Object.entries(wrong).map(([name, json]) => [name, { type: 'PostDelivery', json }] as const);
const faults = faultsOf(Object.fromEntries([...samples, ...broken]));

describe('what the routes may answer is what the screens read', () => {
  test.each(Object.entries(types))('%s.json is a list of %s', (name) => {
    expect(faults.get(name)).toEqual([]);
  });

  test.each(Object.keys(wrong))('%s is noticed', (name) => {
    expect(faults.get(name)).not.toEqual([]);
  });
});
