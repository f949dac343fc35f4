import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { judgeManifests } from '../../src/manifests/judge.ts';
import { type Manifest, parseManifests } from '../../src/manifests/manifest.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

describe.skipIf(!hasKubectl).each(['base', 'overlays/example'])('What kubectl makes of k8s/%s', (folder) => {
  const manifests = hasKubectl ? render(folder) : [];

  it('keeps every rule', () => {
    expect(judgeManifests(manifests)).toEqual([]);
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

function render(folder: string): Manifest[] {
  const path = fileURLToPath(new URL(`../../../k8s/${folder}`, import.meta.url));
  return parseManifests(execFileSync('kubectl', ['kustomize', path], { encoding: 'utf8' }));
}
