import { createHmac } from 'node:crypto';

type Request = { method: string; path: string; headers: Record<string, string>; body: Uint8Array };

/** Signs as Contentful's own package does, to the byte: contentful-signed.json holds it to that. */
export function signAsContentful(
  secret: string,
  { method, path, headers, body }: Request,
  nowMs: number,
): Record<string, string> {
  const names = [...Object.keys(headers), 'x-contentful-signed-headers', 'x-contentful-timestamp'].sort();
  const all: Record<string, string> = {
    ...headers,
    'x-contentful-signed-headers': names.join(','),
    'x-contentful-timestamp': String(nowMs),
  };
  const lines = names.map((name) => `${name}:${all[name]}`).join(';');
  const signature = createHmac('sha256', secret)
    .update(`${method}\n${path}\n${lines}\n`)
    .update(body)
    .digest('hex');
  return { ...all, 'x-contentful-signature': signature };
}
