// A server between a content system and the bridge: trusts what the one signs, and signs for the other.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { sendEvent } from 'everypod';

const bodyBytes = 1_000_000;

/**
 * @param path where the content system calls
 * @param trusts whether a call, as `{ method, path, headers, body }`, comes from it
 * @param eventOf what is to be sent for a call and its parsed body; null for nothing
 */
export function serveWrapper({ path, trusts, eventOf }) {
  const server = createServer(async (request, response) => {
    const answer = (status, said) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    try {
      if (request.method !== 'POST' || request.url !== path) return answer(404, { said: 'Nothing is here.' });
      const body = await readBody(request);
      if (body === null) return answer(413, { said: `At most ${bodyBytes} bytes are taken.` });
      const call = { method: request.method, path, headers: request.headers, body };
      if (!trusts(call)) return answer(401, { said: 'The signature does not hold.' });
      const event = eventOf(JSON.parse(body.toString('utf8')), call);
      if (event === null) return answer(200, { said: 'No page shows this.' });
      const { EVERYPOD_BRIDGE_URL: bridgeUrl = '', EVERYPOD_SITE_URL: site } = process.env;
      const sent = await sendEvent({ bridgeUrl, secret: secret(), ...(site && { site }), ...event });
      if (sent.kind === 'accepted') return answer(200, { id: sent.id, state: sent.report.state });
      console.warn(`${sent.id} was not accepted: ${sent.reason}`);
      // What may succeed later is asked for again by a 5xx, where the content system asks again at all.
      return answer(sent.kind === 'malformed' ? 422 : 503, { id: sent.id, said: sent.reason });
    } catch (error) {
      console.warn(`A call failed: ${error}`);
      return answer(400, { said: 'The call could not be read.' });
    }
  });
  server.listen(Number(process.env.PORT ?? 8090), process.env.HOST ?? '127.0.0.1');
}

/** The same for the same call, so that one that is made twice is one event. */
export function idOf(system, ...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return `${system}_${hash.digest('hex').slice(0, 40)}`;
}

/** Read anew each time: rotating a secret needs no restart. */
function secret() {
  const { EVERYPOD_SECRET: text = '', EVERYPOD_SECRET_FILE: file } = process.env;
  return file ? readFileSync(file, 'utf8') : text;
}

async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= bodyBytes) chunks.push(chunk);
  }
  return length <= bodyBytes ? Buffer.concat(chunks) : null;
}
