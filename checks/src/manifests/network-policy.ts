import { isDeepStrictEqual } from 'node:util';
import { readField } from './field.ts';
import { findManifest } from './manifest.ts';
import { nameLabel, type RelationRule } from './relations.ts';

const dnsPorts = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

/** Where NodeLocal DNSCache listens: on the host network, which no selector of pods has to match. */
const nodeLocalDns = { ipBlock: { cidr: '169.254.20.10/32' } };

/** What the bridge may call and be called by; `further` is where else it may go. */
export function networkPolicyRule(further: readonly unknown[]): RelationRule {
  return {
    says: 'The bridge may ask DNS over UDP and TCP, call the pods, and be called by the Ingress and the pods',
    holds: (manifests) => {
      const spec = readField(findManifest(manifests, 'NetworkPolicy/everypod-bridge'), 'spec');
      const pods = { podSelector: { matchLabels: { [nameLabel]: 'nextjs' } } };
      const namespace = (name: string) => ({
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
      });
      return (
        isDeepStrictEqual(readField(spec, 'policyTypes'), ['Ingress', 'Egress']) &&
        isDeepStrictEqual(readField(spec, 'egress'), [
          { to: [namespace('kube-system'), nodeLocalDns], ports: dnsPorts },
          { to: [pods], ports: [{ protocol: 'TCP', port: 3000 }] },
          ...further,
        ]) &&
        isDeepStrictEqual(readField(spec, 'ingress'), [
          { from: [namespace('ingress-nginx'), pods], ports: [{ protocol: 'TCP', port: 8080 }] },
        ])
      );
    },
    brokenBy: {
      'no policy': { remove: 'NetworkPolicy/everypod-bridge' },
      'DNS over UDP only': {
        manifest: 'NetworkPolicy/everypod-bridge',
        field: 'spec.egress.0.ports',
        to: dnsPorts.slice(0, 1),
      },
      'no way to a DNS server on the node': {
        manifest: 'NetworkPolicy/everypod-bridge',
        field: 'spec.egress.0.to.1',
        to: undefined,
      },
      'a way out to anywhere': {
        manifest: 'NetworkPolicy/everypod-bridge',
        field: `spec.egress.${2 + further.length}`,
        to: {},
      },
      'an open way in': {
        manifest: 'NetworkPolicy/everypod-bridge',
        field: 'spec.ingress.0.from',
        to: undefined,
      },
      'only one direction': {
        manifest: 'NetworkPolicy/everypod-bridge',
        field: 'spec.policyTypes',
        to: ['Ingress'],
      },
    },
  };
}
