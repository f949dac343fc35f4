import { isDeepStrictEqual } from 'node:util';
import { readField } from './field.ts';
import { findManifest, type Manifest } from './manifest.ts';

/** What must hold between manifests, or of all of them. */
export interface RelationRule {
  says: string;
  holds: (manifests: Manifest[]) => boolean;
  /** The smallest changes that break the rule; a rule that one of them leaves standing proves nothing. */
  brokenBy: Record<string, Change>;
}

/** Sets the field of `manifest` at `field`; undefined removes it. `add` and `remove` take whole manifests. */
export type Change =
  | { manifest: string; field: string; to: unknown }
  | { add: Manifest }
  | { remove: string };

export const nameLabel = 'app.kubernetes.io/name';
const podLabels = 'spec.template.metadata.labels';
const bridgeContainer = 'spec.template.spec.containers.[bridge]';
export const relationRules: RelationRule[] = [
  {
    says: 'Each Service, Deployment, budget and policy selects the pods it means',
    holds: (manifests) =>
      [
        ['Service/nextjs', 'spec.selector', 'nextjs'],
        ['Service/nextjs-headless', 'spec.selector', 'nextjs'],
        ['Deployment/nextjs', 'spec.selector.matchLabels', 'nextjs'],
        ['PodDisruptionBudget/nextjs', 'spec.selector.matchLabels', 'nextjs'],
        ['Service/everypod-bridge', 'spec.selector', 'everypod-bridge'],
        ['Deployment/everypod-bridge', 'spec.selector.matchLabels', 'everypod-bridge'],
        ['NetworkPolicy/everypod-bridge', 'spec.podSelector.matchLabels', 'everypod-bridge'],
      ].every(([id = '', selector = '', deployment = '']) => {
        const labels = readField(findManifest(manifests, `Deployment/${deployment}`), podLabels);
        return (
          isDeepStrictEqual(readField(findManifest(manifests, id), selector), labels) &&
          isDeepStrictEqual(labels, { [nameLabel]: deployment })
        );
      }),
    brokenBy: {
      'a headless Service that selects nothing': {
        manifest: 'Service/nextjs-headless',
        field: 'spec.selector',
        to: undefined,
      },
      'pods under another label': {
        manifest: 'Deployment/nextjs',
        field: podLabels,
        to: { [nameLabel]: 'blog' },
      },
      'a policy for other pods': {
        manifest: 'NetworkPolicy/everypod-bridge',
        field: 'spec.podSelector.matchLabels',
        to: {},
      },
    },
  },
  {
    says: 'The headless Service lists ready pods only',
    holds: (manifests) =>
      readField(findManifest(manifests, 'Service/nextjs-headless'), 'spec.publishNotReadyAddresses') !== true,
    brokenBy: {
      'a Service that lists pods before they are ready': {
        manifest: 'Service/nextjs-headless',
        field: 'spec.publishNotReadyAddresses',
        to: true,
      },
    },
  },
  {
    says: 'The Ingress lets out /v1/events and /v1/pods, over TLS, and nothing else',
    holds: (manifests) => {
      const ingresses = manifests.filter(({ kind }) => kind === 'Ingress');
      const spec = readField(ingresses[0], 'spec');
      const backend = { service: { name: 'everypod-bridge', port: { name: 'http' } } };
      return (
        ingresses.length === 1 &&
        isDeepStrictEqual(readField(spec, 'rules.0.http.paths'), [
          { path: '/v1/events', pathType: 'Prefix', backend },
          { path: '/v1/pods', pathType: 'Exact', backend },
        ]) &&
        readField(spec, 'rules.length') === 1 &&
        readField(spec, 'defaultBackend') === undefined &&
        typeof readField(spec, 'tls.0.secretName') === 'string' &&
        isDeepStrictEqual(readField(spec, 'tls.0.hosts'), [readField(spec, 'rules.0.host')])
      );
    },
    brokenBy: {
      'an Ingress for everything': {
        manifest: 'Ingress/everypod-bridge',
        field: 'spec.rules.0.http.paths.0.path',
        to: '/',
      },
      'an Ingress that lets the metrics out': {
        manifest: 'Ingress/everypod-bridge',
        field: 'spec.rules.0.http.paths.2',
        to: { path: '/metrics', pathType: 'Exact' },
      },
      'an Ingress that hides reports': {
        manifest: 'Ingress/everypod-bridge',
        field: 'spec.rules.0.http.paths.0.pathType',
        to: 'Exact',
      },
      'a default backend': {
        manifest: 'Ingress/everypod-bridge',
        field: 'spec.defaultBackend',
        to: { service: { name: 'everypod-bridge' } },
      },
      'no TLS': { manifest: 'Ingress/everypod-bridge', field: 'spec.tls', to: undefined },
      'TLS for another host': {
        manifest: 'Ingress/everypod-bridge',
        field: 'spec.tls.0.hosts.0',
        to: 'other.example.com',
      },
    },
  },
  {
    says: 'No Secret is committed, and none is handed over as an environment variable',
    holds: (manifests) =>
      manifests.every(({ kind }) => kind !== 'Secret') &&
      !/secretKeyRef|secretRef/.test(JSON.stringify(manifests)),
    brokenBy: {
      'a Secret among the manifests': {
        add: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'everypod-pods' } },
      },
      'a secret in the environment, which never rotates': {
        manifest: 'Deployment/everypod-bridge',
        field: `${bridgeContainer}.envFrom`,
        to: [{ secretRef: { name: 'everypod-wordpress' } }],
      },
    },
  },
  {
    says: 'No file is mounted by subPath, which would never see a rotated secret',
    holds: (manifests) => !JSON.stringify(manifests).includes('"subPath'),
    brokenBy: {
      'a secret mounted as one file': {
        manifest: 'Deployment/everypod-bridge',
        field: `${bridgeContainer}.volumeMounts.[pod-secret].subPath`,
        to: 'secret',
      },
    },
  },
  {
    says: 'The Next.js pods never hold the secret that WordPress signs with',
    holds: (manifests) =>
      !JSON.stringify(findManifest(manifests, 'Deployment/nextjs')).includes('everypod-wordpress'),
    brokenBy: {
      'the wrong Secret': {
        manifest: 'Deployment/nextjs',
        field: 'spec.template.spec.volumes.[pod-secret].secret.secretName',
        to: 'everypod-wordpress',
      },
    },
  },
  {
    says: 'Every container asks for what it needs and is bounded in memory',
    holds: (manifests) =>
      ['Deployment/everypod-bridge/bridge', 'Deployment/nextjs/nextjs'].every((id) => {
        const [kind, name, container] = id.split('/');
        const resources = readField(
          findManifest(manifests, `${kind}/${name}`),
          `spec.template.spec.containers.[${container}].resources`,
        );
        return ['requests.cpu', 'requests.memory', 'limits.memory'].every(
          (path) => typeof readField(resources, path) === 'string',
        );
      }),
    brokenBy: {
      'no memory limit': {
        manifest: 'Deployment/nextjs',
        field: 'spec.template.spec.containers.[nextjs].resources.limits',
        to: undefined,
      },
    },
  },
  {
    says: 'The namespace holds its pods to the restricted standard',
    holds: (manifests) =>
      isDeepStrictEqual(readField(findManifest(manifests, 'Namespace/myapp'), 'metadata.labels'), {
        'pod-security.kubernetes.io/enforce': 'restricted',
      }),
    brokenBy: {
      'a namespace without a standard': {
        manifest: 'Namespace/myapp',
        field: 'metadata.labels',
        to: undefined,
      },
    },
  },
];
