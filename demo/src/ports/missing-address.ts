/** What to run where a pod's loopback address is missing: macOS gives lo0 only 127.0.0.1. */
export function missingAddress(ips: string[], platform: NodeJS.Platform = process.platform): string {
  const line = (ip: string) =>
    platform === 'darwin' ? `  sudo ifconfig lo0 alias ${ip} up` : `  sudo ip addr add ${ip}/8 dev lo`;
  return [
    'Each pod needs a loopback address of its own, and this machine lacks some of them. Run this, then start again:',
    ...ips.map(line),
  ].join('\n');
}
