import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import vectors from '../../../contract/fixtures/versions.json' with { type: 'json' };
import { Freshness } from '../../src/next/freshness.ts';
import { versionShown } from '../../src/visits/version.ts';

const rendered = (post: unknown) =>
  // As whatever an API has answered gets there.
  renderToStaticMarkup(createElement(Freshness, { post: post as { id: number; modified_gmt: string } }));
const meta = '<meta name="everypod:version" content="42 2026-11-30T16:50:00Z"/>';

describe('<Freshness>', () => {
  it.each(vectors)('of a post of REST $name', ({ id, modifiedGmt, content }) => {
    const expected = content === null ? '' : `<meta name="everypod:version" content="${content}"/>`;
    expect(rendered({ id, modified_gmt: modifiedGmt, title: { rendered: 'Hello' } })).toBe(expected);
  });

  it.each(vectors)('of a post of WPGraphQL $name', ({ id, modifiedGmt, content }) => {
    const expected = content === null ? '' : `<meta name="everypod:version" content="${content}"/>`;
    expect(rendered({ id: 'cG9zdDo0Mg==', databaseId: id, modifiedGmt })).toBe(expected);
  });

  it.each(vectors)('is read as it was written: $name', ({ id, modifiedGmt, version }) => {
    const page = `<!DOCTYPE html><html><head>${rendered({ id, modified_gmt: modifiedGmt })}</head></html>`;
    expect(versionShown(page, String(id))).toBe(version?.modified ?? null);
  });

  it.each([
    ['with its zone', { id: 42, modified_gmt: '2026-11-30T16:50:00Z' }],
    ['with parts of a second, as JavaScript writes it', { id: 42, modified_gmt: '2026-11-30T16:50:00.000Z' }],
  ])('takes a time %s', (_, post) => {
    expect(rendered(post)).toBe(meta);
  });

  it.each([
    ['no post', null],
    ['a post that has not come yet', undefined],
    ['text', 'a post'],
    ['a post without an id', { modified_gmt: '2026-11-30T16:50:00' }],
    ['a global id alone', { id: 'cG9zdDo0Mg==', modifiedGmt: '2026-11-30T16:50:00' }],
    ['an id that is no whole number', { id: 4.2, modified_gmt: '2026-11-30T16:50:00' }],
    ['an id below all', { id: -42, modified_gmt: '2026-11-30T16:50:00' }],
    ['a post without a time', { id: 42 }],
    ['a time that WPGraphQL left out', { databaseId: 42, modifiedGmt: null }],
    ['a time that is a number', { id: 42, modified_gmt: 1_796_057_400 }],
    ['a time in another zone', { id: 42, modified_gmt: '2026-11-30T17:50:00+01:00' }],
    ['markup', { id: 42, modified_gmt: '"><script>' }],
  ])('renders nothing of %s', (_, post) => {
    expect(rendered(post)).toBe('');
  });
});
