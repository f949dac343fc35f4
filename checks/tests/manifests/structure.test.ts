import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { joinFields, judgeManifests, type Rules, singleBridge } from '../../src/manifests/judge.ts';
import { readKustomization, readOverlay } from '../../src/manifests/manifest.ts';
import { severalBridgesFields, severalBridgesRemovals } from '../../src/manifests/several-bridges.ts';
import { changed } from './changed.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../../k8s/${path}`, import.meta.url));
const base = readKustomization(folder('base'));
const overlay = readOverlay(folder('overlays/several-bridges'));
const overlayRules: Rules = { fields: [...severalBridgesFields, ...severalBridgesRemovals], relations: [] };

describe('The base', () => {
  it('keeps every rule', () => {
    expect(judgeManifests(base, singleBridge)).toEqual([]);
  });

  it('leaves the namespace and the image tags to the kustomization', () => {
    for (const manifest of base) {
      expect(manifest.metadata, manifest.metadata.name).not.toHaveProperty('namespace');
      expect(JSON.stringify(manifest)).not.toMatch(/"image":"[^"]*:/);
    }
  });
});

it('The overlay for several bridges keeps its rules', () => {
  expect(judgeManifests(overlay, overlayRules)).toEqual([]);
});

describe.each([
  ...singleBridge.fields.map((rule) => ({ ...rule, from: base, rules: singleBridge })),
  ...overlayRules.fields.map((rule) => ({ ...rule, from: overlay, rules: overlayRules })),
])('$says', ({ says, manifest, under = '', fields, from, rules }) => {
  it.each(Object.keys(fields))('and not without %s', (field) => {
    const broken = changed(from, { manifest, field: joinFields(under, field), to: undefined });
    expect(judgeManifests(broken, rules).join('\n')).toContain(says);
  });

  it.each(Object.keys(fields))('and not with another value in %s', (field) => {
    const broken = changed(from, { manifest, field: joinFields(under, field), to: 'something else' });
    expect(judgeManifests(broken, rules).join('\n')).toContain(says);
  });
});

describe.each(singleBridge.relations)('$says', ({ says, brokenBy }) => {
  it.each(Object.entries(brokenBy))('and is broken by %s', (_name, change) => {
    expect(judgeManifests(changed(base, change), singleBridge).join('\n')).toContain(says);
  });
});
