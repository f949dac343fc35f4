/** The first pod's address ends in 11. */
const firstIpEnd = 11;

/** `nextjs-a` at 127.0.0.11, `nextjs-b` at 127.0.0.12, and so on. */
export function podAt(index: number): { name: string; ip: string } {
  const letter = String.fromCharCode('a'.charCodeAt(0) + (index % 26));
  const round = Math.floor(index / 26);
  return { name: `nextjs-${letter}${round === 0 ? '' : round + 1}`, ip: `127.0.0.${firstIpEnd + index}` };
}
