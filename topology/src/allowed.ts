import { makeNamespaces } from './namespaces.ts';

// A program: the gate runs it, since only trying tells whether this machine lets network namespaces be made.
const namespaces = await makeNamespaces(['tried']);
try {
  const namespace = await namespaces.add('tried', { resolver: ['nameserver 10.244.0.53'] });
  await namespaces.plug(namespace, 'tried', '10.244.1.5/16');
  const resolver = await namespace.run(['cat', '/etc/resolv.conf']);
  if (!resolver.includes('10.244.0.53')) throw new Error('A namespace has the resolver of the machine.');
} finally {
  await namespaces.remove();
}
