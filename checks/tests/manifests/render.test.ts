import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { judgeManifests, severalBridges, singleBridge } from '../../src/manifests/judge.ts';
import { type Manifest, parseManifests } from '../../src/manifests/manifest.ts';
import { changed } from './changed.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

describe.skipIf(!hasKubectl).each([
  { folder: 'base', rules: singleBridge },
  { folder: 'overlays/example', rules: singleBridge },
  { folder: 'overlays/several-bridges', rules: severalBridges },
])('What kubectl makes of k8s/$folder', ({ folder, rules }) => {
  const manifests = hasKubectl ? render(folder) : [];

  it('keeps every rule', () => {
    expect(judgeManifests(manifests, rules)).toEqual([]);
  });

  it('stands in the namespace that the bridge’s addresses name', () => {
    const namespaces = manifests
      .filter(({ kind }) => kind !== 'Namespace')
      .map(({ metadata }) => metadata.namespace);
    expect(new Set(namespaces)).toEqual(new Set(['myapp']));
  });

  it('gives every image a tag of its own choosing', () => {
    const images = [...JSON.stringify(manifests).matchAll(/"image":"([^"]*)"/g)].map(([, image]) => image);
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toMatch(/:\d+\.\d+\.\d+$/);
  });
});

describe.skipIf(!hasKubectl)('The example overlay', () => {
  it('differs from the base in host, images and the pods’ range, and in nothing else', () => {
    const before = render('base').map((manifest) => JSON.stringify(manifest));
    const changed = render('overlays/example').filter(
      (manifest) => !before.includes(JSON.stringify(manifest)),
    );
    expect(changed.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
      'Deployment/everypod-bridge',
      'Deployment/nextjs',
      'Ingress/everypod-bridge',
    ]);
  });
});

describe.skipIf(!hasKubectl).each(severalBridges.relations)(
  'With several bridges: $says',
  ({ says, brokenBy }) => {
    const rendered = hasKubectl ? render('overlays/several-bridges') : [];

    it.each(Object.entries(brokenBy))('and is broken by %s', (_name, change) => {
      expect(judgeManifests(changed(rendered, change), severalBridges).join('\n')).toContain(says);
    });
  },
);

function render(folder: string): Manifest[] {
  const path = fileURLToPath(new URL(`../../../k8s/${folder}`, import.meta.url));
  return parseManifests(execFileSync('kubectl', ['kustomize', path], { encoding: 'utf8' }));
}
