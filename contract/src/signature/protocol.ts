type Headers = { get(name: string): string | null };

const name = 'everypod-protocol';

/**
 * Goes along with every signed message, question or answer: who sends it speaks the third protocol. That is the second, and a
 * bridge that says it takes events as wide as `eventBodyBytes` and `targetsPerEvent`.
 */
export const sayProtocol = { [name]: '3' } as const;

/**
 * Whether the sender of these headers takes the fields and words of the second protocol. Who speaks a later one takes them
 * too. The header is not signed: without it nothing is lost but news, so it is worth nothing to take away or to add.
 */
export function speaksSecond(headers: Headers): boolean {
  const said = headers.get(name) ?? '';
  return /^[0-9]{1,6}$/.test(said) && Number(said) >= 2;
}
