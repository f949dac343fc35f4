import { limits } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { startPod } from './surroundings/pod.ts';

const builtAt = null;
const lower = '/%ce%b1%ce%b2';
const upper = '/%CE%B1%CE%B2';

async function spelled(path: string, basePath = '') {
  const pod = startPod({}, { build: () => ({ builtAt, basePath }) });
  const answer = await pod.push({ targets: [{ path }] });
  return { told: pod.told, cannot: answer.cannot };
}

describe('a path is called in every spelling that a framework may know it by', () => {
  const table = [
    ['with and without its last slash', '/blog/b', ['/blog/b', '/blog/b/']],
    ['whichever was given', '/blog/b/', ['/blog/b', '/blog/b/']],
    ['without its query', '/blog/b?x=1', ['/blog/b', '/blog/b/']],
    ['without its fragment', '/blog/b/#x?y', ['/blog/b', '/blog/b/']],
    ['decoded, and in both cases of hex, from lower', lower, [lower, '/αβ', upper, `${upper}/`]],
    ['decoded, and in both cases of hex, from upper', upper, [upper, '/αβ', lower, `${lower}/`]],
    ['encoded, when it was not', '/αβ', ['/αβ', upper, lower, '/αβ/']],
    ['with an encoded slash left encoded', '/a%2fb', ['/a%2fb', '/a%2Fb']],
    [
      'with what WordPress leaves alone encoded too',
      "/a,b+c@d!'",
      ["/a,b+c@d!'", "/a%2Cb%2Bc%40d!'", '/a,b+c@d!%27'],
    ],
    ['up to its first comma', '/a,b,c', ['/a,b,c', '/a', '/a/']],
    ['as it is, when it is not well encoded', '/100%', ['/100%', '/100%/']],
    ['the front page has one spelling', '/', ['/']],
  ] as const;

  it.each(table)('%s', async (_, path, expected) => {
    expect((await spelled(path)).told).toEqual(expect.arrayContaining([...expected]));
  });

  it('and no encoded slash is ever decoded', async () => {
    expect((await spelled('/a%2fb')).told).not.toContain('/a/b');
  });

  it('each once', async () => {
    const { told } = await spelled('/%ce%b1?x');
    expect(new Set(told).size).toBe(told.length);
  });

  it('with and without the basePath', async () => {
    const { told } = await spelled('/docs/blog/b', '/docs');
    expect(told).toEqual(expect.arrayContaining(['/blog/b', '/docs/blog/b']));
  });

  it('and a folder that only begins like the basePath is another one', async () => {
    expect((await spelled('/docsearch/b', '/docs')).told).not.toContain('earch/b');
  });

  it('and the basePath itself is the front page', async () => {
    expect((await spelled('/docs', '/docs')).told).toContain('/');
  });

  it('and says so when spelled out it is longer than Next.js hears', async () => {
    const { told, cannot } = await spelled(`/${'α'.repeat(300)}`);
    expect(told.every((spelling) => spelling.length <= 1_024)).toBe(true);
    expect(cannot?.[0]?.reason).toContain('1024 characters');
  });
});

describe('too much to spell out', () => {
  // Each is two calls, with its last slash and without.
  const most = limits.callsPerSlice / 2;
  const targets = Array.from({ length: most + 1 }, (_, i) => ({ path: `/p/${i}` }));

  it('becomes everything', async () => {
    const pod = startPod();
    expect(await pod.push({ targets })).toMatchObject({ ok: true });
    expect(pod.told).toEqual(['/ layout']);
  });

  it('is spelled out up to the limit', async () => {
    const pod = startPod();
    await pod.push({ targets: targets.slice(0, most) });
    expect(pod.told).toHaveLength(limits.callsPerSlice);
  });
});
