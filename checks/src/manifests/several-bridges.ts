import type { FieldsRule } from './expected-fields.ts';
import { networkPolicyRule } from './network-policy.ts';
import { nameLabel, type RelationRule } from './relations.ts';

const pod = 'spec.template.spec';
const bridge = `${pod}.containers.[bridge]`;

/** What holds where several bridges share a journal in Valkey, in the overlay's patches and in what they make. */
export const severalBridgesFields: FieldsRule[] = [
  {
    says: 'Two bridges are there, also while they are rolled out',
    manifest: 'Deployment/everypod-bridge',
    fields: {
      'spec.replicas': 2,
      'spec.strategy.type': 'RollingUpdate',
      'spec.strategy.rollingUpdate.maxUnavailable': 0,
    },
  },
  {
    says: 'A bridge that is not ready leaves its work to another',
    manifest: 'Service/everypod-bridge',
    fields: { 'spec.publishNotReadyAddresses': false },
  },
  {
    says: 'The bridges are on two nodes where there are two',
    manifest: 'Deployment/everypod-bridge',
    under: `${pod}.topologySpreadConstraints.0`,
    fields: {
      topologyKey: 'kubernetes.io/hostname',
      'labelSelector.matchLabels': { [nameLabel]: 'everypod-bridge' },
    },
  },
  {
    says: 'The bridges read where Valkey is, and its password, from a mounted directory',
    manifest: 'Deployment/everypod-bridge',
    under: pod,
    fields: {
      'volumes.[journal-address].secret.secretName': 'everypod-journal',
      'containers.[bridge].volumeMounts.[journal-address].mountPath': '/etc/everypod/journal',
      'containers.[bridge].env.[EVERYPOD_JOURNAL_FILE].value': '/etc/everypod/journal/url',
    },
  },
  {
    says: 'One bridge at a time may be evicted',
    manifest: 'PodDisruptionBudget/everypod-bridge',
    fields: {
      'spec.maxUnavailable': 1,
      'spec.selector.matchLabels': { [nameLabel]: 'everypod-bridge' },
    },
  },
];

/** What the patches have to take away from the base. */
export const severalBridgesRemovals: FieldsRule[] = [
  {
    says: 'Nothing of the single bridge’s journal is left',
    manifest: 'Deployment/everypod-bridge',
    fields: {
      [`${bridge}.env.[EVERYPOD_JOURNAL].$patch`]: 'delete',
      [`${bridge}.volumeMounts.[journal].$patch`]: 'delete',
      [`${pod}.volumes.[journal].$patch`]: 'delete',
    },
  },
  {
    says: 'No volume is claimed',
    manifest: 'PersistentVolumeClaim/everypod-journal',
    fields: { $patch: 'delete' },
  },
];

export const severalBridgesRelations: RelationRule[] = [
  networkPolicyRule([
    {
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'valkey' } },
          podSelector: { matchLabels: { [nameLabel]: 'valkey' } },
        },
      ],
      ports: [{ protocol: 'TCP', port: 6379 }],
    },
  ]),
  {
    says: 'No bridge has a journal of its own',
    holds: (manifests) =>
      !/sqlite|PersistentVolumeClaim|persistentVolumeClaim/.test(JSON.stringify(manifests)),
    brokenBy: {
      'a volume that only one node can write': {
        add: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'everypod-journal' },
        },
      },
    },
  },
];
