/**
 * What single fields must say, and why. A `.` in a label's key would read as a path, so labels are held to
 * each other in relations.ts instead.
 */
export interface FieldsRule {
  says: string;
  manifest: string;
  /** Put before each path of `fields`. */
  under?: string;
  fields: Record<string, unknown>;
}

const pod = 'spec.template.spec';
const bridge = `${pod}.containers.[bridge]`;
const nextjs = `${pod}.containers.[nextjs]`;

export const expectedFields: FieldsRule[] = [
  {
    says: 'The headless Service gives every pod an address of its own and waits for readiness',
    manifest: 'Service/nextjs-headless',
    fields: {
      'spec.clusterIP': 'None',
      'spec.ports.[http].port': 3000,
      'spec.ports.[http].targetPort': 'http',
    },
  },
  {
    says: 'Visitors come through a normal Service',
    manifest: 'Service/nextjs',
    fields: { 'spec.ports.[http].port': 80, 'spec.ports.[http].targetPort': 'http' },
  },
  {
    says: 'The bridge is reached on port 8080',
    manifest: 'Service/everypod-bridge',
    fields: { 'spec.ports.[http].port': 8080, 'spec.ports.[http].targetPort': 'http' },
  },
  {
    says: 'The bridge has time to finish what is in flight',
    manifest: 'Deployment/everypod-bridge',
    fields: { [`${pod}.terminationGracePeriodSeconds`]: 45 },
  },
  {
    says: 'The bridge can do nothing on its node',
    manifest: 'Deployment/everypod-bridge',
    under: pod,
    fields: {
      automountServiceAccountToken: false,
      'securityContext.runAsNonRoot': true,
      'securityContext.seccompProfile.type': 'RuntimeDefault',
      'containers.[bridge].securityContext.allowPrivilegeEscalation': false,
      'containers.[bridge].securityContext.readOnlyRootFilesystem': true,
      'containers.[bridge].securityContext.capabilities.drop': ['ALL'],
    },
  },
  {
    says: 'The bridge is probed on its own routes',
    manifest: 'Deployment/everypod-bridge',
    under: bridge,
    fields: {
      'livenessProbe.httpGet.path': '/healthz',
      'readinessProbe.httpGet.path': '/readyz',
      'ports.[http].containerPort': 8080,
      // Every address, of IPv4 and of IPv6: a cluster may have either alone.
      'env.[EVERYPOD_LISTEN].value': '[::]:8080',
    },
  },
  {
    says: 'A bridge that starts is waited for until it listens, not until its journal was checked',
    manifest: 'Deployment/everypod-bridge',
    under: `${bridge}.startupProbe`,
    fields: { 'httpGet.path': '/healthz', 'httpGet.port': 'http', periodSeconds: 1, failureThreshold: 60 },
  },
  {
    says: 'The bridge reads its secrets from mounted directories',
    manifest: 'Deployment/everypod-bridge',
    under: pod,
    fields: {
      'volumes.[wordpress-secret].secret.secretName': 'everypod-wordpress',
      'volumes.[pod-secret].secret.secretName': 'everypod-pods',
      'containers.[bridge].volumeMounts.[wordpress-secret].mountPath': '/etc/everypod/wordpress',
      'containers.[bridge].volumeMounts.[pod-secret].mountPath': '/etc/everypod/pods',
      'containers.[bridge].env.[EVERYPOD_SECRET_FILE].value': '/etc/everypod/wordpress/secret',
      'containers.[bridge].env.[EVERYPOD_POD_SECRET_FILE].value': '/etc/everypod/pods/secret',
    },
  },
  {
    says: 'The bridge finds the pods by the headless name',
    manifest: 'Deployment/everypod-bridge',
    fields: {
      [`${bridge}.env.[EVERYPOD_PODS].value`]:
        'http://nextjs-headless.myapp.svc.cluster.local:3000/siteapi/revalidate',
    },
  },
  {
    says: 'A pod knows its address and its name, and listens on every address, of IPv4 and of IPv6',
    manifest: 'Deployment/nextjs',
    under: nextjs,
    fields: {
      'env.[POD_IP].valueFrom.fieldRef.fieldPath': 'status.podIP',
      'env.[POD_NAME].valueFrom.fieldRef.fieldPath': 'metadata.name',
      'env.[HOSTNAME].value': '::',
      'env.[PORT].value': '3000',
      'ports.[http].containerPort': 3000,
    },
  },
  {
    says: 'A pod asks the bridge at its cluster name with the pods’ own secret, from a mounted directory',
    manifest: 'Deployment/nextjs',
    under: pod,
    fields: {
      'containers.[nextjs].env.[EVERYPOD_BRIDGE_URL].value':
        'http://everypod-bridge.myapp.svc.cluster.local.:8080',
      'containers.[nextjs].env.[EVERYPOD_POD_SECRET_FILE].value': '/etc/everypod/pods/secret',
      'containers.[nextjs].volumeMounts.[pod-secret].mountPath': '/etc/everypod/pods',
      'volumes.[pod-secret].secret.secretName': 'everypod-pods',
    },
  },
  {
    says: 'The readiness probe is the catch-up, every 5 s, answered within 3 s',
    manifest: 'Deployment/nextjs',
    under: `${nextjs}.readinessProbe`,
    fields: {
      'httpGet.path': '/siteapi/ready',
      'httpGet.port': 'http',
      periodSeconds: 5,
      timeoutSeconds: 3,
    },
  },
  {
    says: 'A starting pod asks every second and is not killed while it waits for a bridge, however long it may',
    manifest: 'Deployment/nextjs',
    under: `${nextjs}.startupProbe`,
    fields: {
      'httpGet.path': '/siteapi/ready',
      periodSeconds: 1,
      timeoutSeconds: 3,
      failureThreshold: 3_660,
    },
  },
  {
    says: 'A bridge that is away restarts no pod',
    manifest: 'Deployment/nextjs',
    fields: { [`${nextjs}.livenessProbe.tcpSocket.port`]: 'http' },
  },
  {
    says: 'A roll-out or a drained node takes no ready pod away before another is there',
    manifest: 'Deployment/nextjs',
    fields: {
      'spec.strategy.rollingUpdate.maxUnavailable': 0,
      [`${pod}.terminationGracePeriodSeconds`]: 30,
    },
  },
  {
    says: 'A pod that is taken away still answers while visitors are led to it',
    manifest: 'Deployment/nextjs',
    fields: { [`${nextjs}.lifecycle.preStop.sleep.seconds`]: 5 },
  },
  {
    says: 'The Next.js pods run unprivileged',
    manifest: 'Deployment/nextjs',
    under: pod,
    fields: {
      automountServiceAccountToken: false,
      'securityContext.runAsNonRoot': true,
      'securityContext.seccompProfile.type': 'RuntimeDefault',
      'containers.[nextjs].securityContext.allowPrivilegeEscalation': false,
      'containers.[nextjs].securityContext.capabilities.drop': ['ALL'],
    },
  },
  {
    says: 'One pod at a time may be evicted',
    manifest: 'PodDisruptionBudget/nextjs',
    fields: { 'spec.maxUnavailable': 1 },
  },
];
