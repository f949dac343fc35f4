import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { variants } from '../../src/variants/table.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('Each broken variant', () => {
  const edits = variants.flatMap(({ name, edits: its }) => its.map((edit) => ({ name, ...edit })));

  it.each(edits)('"$name" edits what stands once in $file', ({ file, snippet }) => {
    expect(readFileSync(root + file, 'utf8').split(snippet)).toHaveLength(2);
  });
});
