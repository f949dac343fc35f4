import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { limits as bridgeLimits } from '../../../bridge/src/limits.ts';
import { limits as podLimits } from '../../../pod/src/limits.ts';
import { readField } from '../../src/manifests/field.ts';
import { joinFields, judgeManifests, type Rules, singleBridge } from '../../src/manifests/judge.ts';
import { findManifest, readKustomization, readOverlay } from '../../src/manifests/manifest.ts';
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

describe('The base leaves room', () => {
  const number = (id: string, path: string) =>
    Number.parseInt(String(readField(findManifest(base, id), path)), 10);

  it('for the longest wait for a bridge that a pod can be told to make', () => {
    const probe = 'spec.template.spec.containers.[nextjs].startupProbe';
    const seconds =
      number('Deployment/nextjs', `${probe}.periodSeconds`) *
      number('Deployment/nextjs', `${probe}.failureThreshold`);
    expect(seconds).toBeGreaterThan(podLimits.startLimitSecondsAtMost);
  });

  it('for the largest journal, its write-ahead log and what is set aside', () => {
    const largest = (bridgeLimits.journalPages * 4_096) / 2 ** 30;
    const gibibytes = number('PersistentVolumeClaim/everypod-journal', 'spec.resources.requests.storage');
    expect(gibibytes).toBeGreaterThanOrEqual((2 + bridgeLimits.journalsSetAside) * largest);
  });

  it('for a bridge that stops', () => {
    const grace = 'spec.template.spec.terminationGracePeriodSeconds';
    expect(number('Deployment/everypod-bridge', grace) * 1000).toBeGreaterThan(2 * bridgeLimits.stopMs);
  });

  it('for a pod to finish its requests after it has waited for the endpoints', () => {
    const pod = 'spec.template.spec';
    const grace = number('Deployment/nextjs', `${pod}.terminationGracePeriodSeconds`);
    const wait = number('Deployment/nextjs', `${pod}.containers.[nextjs].lifecycle.preStop.sleep.seconds`);
    expect(grace - wait).toBeGreaterThanOrEqual(20);
  });
});

describe('A cluster', () => {
  it('A21 that has IPv6 addresses alone is served: bridge and pods listen on every address', () => {
    const env = (id: string, path: string) =>
      readField(findManifest(base, id), `spec.template.spec.${path}.value`);
    expect(env('Deployment/everypod-bridge', 'containers.[bridge].env.[EVERYPOD_LISTEN]')).toBe('[::]:8080');
    expect(env('Deployment/nextjs', 'containers.[nextjs].env.[HOSTNAME]')).toBe('::');
  });

  it('A21 that WordPress runs in lets it in by one line that stands ready', () => {
    const file = folder('base/bridge/network-policy.yaml');
    const lines = readFileSync(file, 'utf8').split('\n');
    const ready = lines.filter((line) => /^ *# - /.test(line));
    const opened = parse(
      lines.map((line) => (ready.includes(line) ? line.replace('# ', '') : line)).join('\n'),
    );
    const policy = findManifest(base, 'NetworkPolicy/everypod-bridge');

    expect(ready).toHaveLength(1);
    const from = readField(policy, 'spec.ingress.0.from');
    const wordpress = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'wordpress' } } };
    expect(readField(opened, 'spec.ingress.0.from')).toEqual(
      expect.arrayContaining([wordpress, ...(Array.isArray(from) ? from : [])]),
    );
    expect(readField(opened, 'spec.egress')).toEqual(readField(policy, 'spec.egress'));
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
