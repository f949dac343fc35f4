/** The raw bytes, as they were signed; null as soon as there are more than `atMost`. */
export async function readBody(request: Request, atMost: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > atMost) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > atMost) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
