import { parseSecrets, sign } from '@everypod/contract';
import { plainQuery } from '../pods/plain.ts';
import { revalidateRoute } from '../pods/pods.ts';
import { type PushTo, pushBody } from './message.ts';

/** A fetch to every pod, none waiting for another. */
export async function fetchAll(urls: readonly string[], secret: string, connections: 'keep' | 'close') {
  const query = plainQuery(secret) + (connections === 'close' ? '&close' : '');
  await Promise.all(urls.map((url) => read(fetch(`${url}${revalidateRoute}${query}`))));
}

/** The loop as it is first written. */
export async function fetchOneByOne(urls: readonly string[], secret: string) {
  const query = `${plainQuery(secret)}&close`;
  for (const url of urls) await read(fetch(`${url}${revalidateRoute}${query}`));
}

/** What fetch takes to carry the very push that Everypod sends, to the same handler; the answer is believed. */
export function fetchSigned(urls: readonly string[], secret: string): PushTo {
  const secrets = parseSecrets(secret);
  let made = 0;
  return async () => {
    made += 1;
    const body = pushBody('fetch-signed', made);
    const headers = {
      'content-type': 'application/json',
      ...sign(secrets, `push_${made}`, Date.now(), body),
    };
    await Promise.all(
      urls.map((url) => read(fetch(`${url}${revalidateRoute}?close`, { method: 'POST', headers, body }))),
    );
  };
}

async function read(answering: Promise<Response>) {
  const answer = await answering;
  await answer.text();
  if (!answer.ok) throw new Error(`A pod answered ${answer.status}.`);
}
