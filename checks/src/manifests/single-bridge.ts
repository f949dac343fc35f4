import type { FieldsRule } from './expected-fields.ts';
import { networkPolicyRule } from './network-policy.ts';
import type { RelationRule } from './relations.ts';

const pod = 'spec.template.spec';
const bridge = `${pod}.containers.[bridge]`;

/** What holds where one bridge has its journal in a volume. */
export const singleBridgeFields: FieldsRule[] = [
  {
    says: 'The bridge is alone with its journal',
    manifest: 'Deployment/everypod-bridge',
    fields: {
      'spec.replicas': 1,
      'spec.strategy.type': 'Recreate',
      [`${pod}.volumes.[journal].persistentVolumeClaim.claimName`]: 'everypod-journal',
      [`${bridge}.volumeMounts.[journal].mountPath`]: '/var/lib/everypod',
      [`${bridge}.env.[EVERYPOD_JOURNAL].value`]: 'sqlite:/var/lib/everypod/journal.sqlite',
    },
  },
  {
    says: 'A single bridge that is not ready still says why',
    manifest: 'Service/everypod-bridge',
    fields: { 'spec.publishNotReadyAddresses': true },
  },
  {
    says: 'The journal is written by one node, and has room beside it',
    manifest: 'PersistentVolumeClaim/everypod-journal',
    fields: { 'spec.accessModes': ['ReadWriteOnce'], 'spec.resources.requests.storage': '5Gi' },
  },
];

export const singleBridgeRelations: RelationRule[] = [
  networkPolicyRule([]),
  {
    says: 'No disruption budget keeps the single bridge on its node',
    holds: (manifests) =>
      manifests
        .filter(({ kind }) => kind === 'PodDisruptionBudget')
        .every(({ metadata }) => metadata.name === 'nextjs'),
    brokenBy: {
      'a budget for the bridge': {
        add: {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: 'everypod-bridge' },
          spec: { minAvailable: 1 },
        },
      },
    },
  },
];
