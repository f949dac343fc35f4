import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectedFields } from '../../src/manifests/expected-fields.ts';
import { changeField } from '../../src/manifests/field.ts';
import { joinFields, judgeManifests } from '../../src/manifests/judge.ts';
import { findManifest, type Manifest, readKustomization } from '../../src/manifests/manifest.ts';
import { type Change, relationRules } from '../../src/manifests/relations.ts';

const base = readKustomization(fileURLToPath(new URL('../../../k8s/base', import.meta.url)));

describe('The base', () => {
  it('keeps every rule', () => {
    expect(judgeManifests(base)).toEqual([]);
  });

  it('leaves the namespace and the image tags to the kustomization', () => {
    for (const manifest of base) {
      expect(manifest.metadata, manifest.metadata.name).not.toHaveProperty('namespace');
      expect(JSON.stringify(manifest)).not.toMatch(/"image":"[^"]*:/);
    }
  });
});

describe.each(expectedFields)('$says', ({ says, manifest, under = '', fields }) => {
  it.each(Object.keys(fields))('and not without %s', (field) => {
    const broken = changed({ manifest, field: joinFields(under, field), to: undefined });
    expect(judgeManifests(broken).join('\n')).toContain(says);
  });

  it.each(Object.keys(fields))('and not with another value in %s', (field) => {
    const broken = changed({ manifest, field: joinFields(under, field), to: 'something else' });
    expect(judgeManifests(broken).join('\n')).toContain(says);
  });
});

describe.each(relationRules)('$says', ({ says, brokenBy }) => {
  it.each(Object.entries(brokenBy))('and is broken by %s', (_name, change) => {
    expect(judgeManifests(changed(change)).join('\n')).toContain(says);
  });
});

function changed(change: Change): Manifest[] {
  const copy = structuredClone(base);
  if ('add' in change) return [...copy, change.add];
  if ('remove' in change)
    return copy.filter((manifest) => findManifest([manifest], change.remove) === undefined);
  changeField(findManifest(copy, change.manifest), change.field, change.to);
  return copy;
}
