import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { startPod } from './surroundings/pod.ts';

it('a pod that was not told who it is names its machine and an address of it', async () => {
  const { pod } = await startPod({ POD_IP: '', POD_NAME: '' }).push({});
  expect(pod.name).toBe(hostname());
  expect(isIP(pod.ip)).not.toBe(0);
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
