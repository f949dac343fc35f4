import { isIP } from 'node:net';
import { hostname, type NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { ownAddress } from '../src/identity/address.ts';
import { startPod } from './surroundings/pod.ts';

it('a pod that was not told who it is names its machine and an address of it', async () => {
  const { pod } = await startPod({ POD_IP: '', POD_NAME: '' }).push({});
  expect(pod.name).toBe(hostname());
  expect(isIP(pod.ip)).not.toBe(0);
});

const address = (family: 'IPv4' | 'IPv6', address: string, internal = false) => ({
  ...{ family, address, internal, netmask: '', mac: '', cidr: null },
  ...(family === 'IPv6' ? { scopeid: 0 } : {}),
});

it.each([
  ['both families', [address('IPv6', 'fd00::7'), address('IPv4', '10.0.0.7')], '10.0.0.7'],
  ['IPv6 alone', [address('IPv6', 'fe80::1'), address('IPv6', 'fd00::7')], 'fd00::7'],
  ['nothing but loopback', [address('IPv6', '::1', true)], '127.0.0.1'],
])('A21 a pod that was not told its address finds one on a machine with %s', (_, eth0, expected) => {
  expect(ownAddress({ eth0: eth0 as NetworkInterfaceInfo[] })).toBe(expected);
});

it('a wrong POD_IP is named, and does not stop the pod', async () => {
  const pod = startPod({ POD_IP: 'the-first' });
  expect(isIP((await pod.push({})).pod.ip)).not.toBe(0);
  await pod.probe();
  expect(pod.log.join()).toContain('POD_IP');
});

it('every life has an instance of its own', async () => {
  const [one, two] = await Promise.all([startPod().push({}), startPod().push({})]);
  expect(one?.pod.instance).not.toBe(two?.pod.instance);
});
