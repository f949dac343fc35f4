import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newSecret, parseSecrets } from '@everypod/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { tagForCdn } from '../../src/cdn/answer-tags.ts';
import { CdnTags } from '../../src/cdn/cdn-tags.ts';
import { type Asked, Makings, newAsked } from '../../src/guard/makings.ts';
import { Givers } from '../../src/keys/givers.ts';
import { builtWith } from './built.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function newCdn(header: string | null): CdnTags {
  const { serverDistDir, remove } = builtWith(header);
  ends.push(remove);
  const cdn = new CdnTags();
  cdn.readBuild(serverDistDir);
  cdn.hashBy(parseSecrets(newSecret()));
  return cdn;
}

type Answering = {
  path?: string;
  header?: string | null;
  answer?: RequestListener;
  made?: (asked: Asked) => void;
};

/** What a CDN is told of an answer, by the header that the app has chosen. */
async function told({ path = '/hello', header = 'Cache-Tag', answer, made }: Answering) {
  const cdn = newCdn(header);
  const server = createServer((request, response) => {
    const asked = newAsked({ path: request.url ?? '', givers: new Givers() });
    tagForCdn(response, asked, cdn);
    made?.(asked);
    if (answer !== undefined) return answer(request, response);
    response.setHeader('cache-control', 's-maxage=3600');
    response.end('page');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  await response.text();
  const tags = response.headers.get(header ?? 'cache-tag')?.split(/[, ]/) ?? null;
  return { tags, of: (name: string) => cdn.purging([name]).filter((one) => one !== 'everypod') };
}

const ofPage = (asked: Asked) => void asked.goesWith.add('_E_K_p8');

describe('An answer tells a CDN', () => {
  it('by what its page goes', async () => {
    const { tags, of } = await told({ made: ofPage });
    expect(of('_E_K_p8')).toEqual(tags);
  });

  it('besides what the app itself says', async () => {
    const answer: RequestListener = (_, response) => {
      response.setHeader('cache-tag', 'mine');
      response.writeHead(200).end();
    };
    const { tags, of } = await told({ made: ofPage, answer });
    expect(tags).toEqual(['mine', ...of('_E_K_p8')]);
  });

  it.each<[string, Answering]>([
    ['that was made of no page', {}],
    [
      'that is given what others have made',
      { made: (asked) => void new Makings({ nowMs: () => 0, atMost: 9 }).begin('/hello', 1, asked) },
    ],
    ['that says nothing of caches', { answer: (_, response) => void response.end() }],
  ])('that it goes with every event, where it is one %s', async (_, answering) => {
    expect((await told(answering)).tags).toEqual(['everypod']);
  });

  it('what was found meanwhile, beside what is being made', async () => {
    const making = (asked: Asked) => {
      ofPage(asked);
      new Makings({ nowMs: () => 0, atMost: 9 }).begin('/hello', 1, asked);
    };
    expect((await told({ made: making })).tags).toContain('everypod');
  });

  it('nothing of what goes on behind it', async () => {
    const making = (asked: Asked) => {
      ofPage(asked);
      new Makings({ nowMs: () => 0, atMost: 9 }).begin('/hello', 1, asked).goesOn = true;
    };
    expect((await told({ made: making })).tags).not.toContain('everypod');
  });
});

describe('An answer tells a CDN nothing', () => {
  const says = (cacheControl: string | string[]): RequestListener => {
    return (_, response) => void response.setHeader('cache-control', cacheControl).end();
  };
  it.each<[string, Answering]>([
    ['where the app has not opted in', { header: null, made: ofPage }],
    ['where nobody may keep it', { answer: says('no-store, must-revalidate'), made: ofPage }],
    ['where its visitor alone may', { answer: says(['private, max-age=60']), made: ofPage }],
    ['where the build has named it by its contents', { path: '/docs/_next/static/chunks/a.js' }],
    ['where it is an image that goes by its own time', { path: '/_next/image?url=a' }],
    ['where pods and bridges talk', { path: '/siteapi/ready' }],
  ])('%s', async (_, answering) => {
    expect((await told(answering)).tags).toBeNull();
  });
});
