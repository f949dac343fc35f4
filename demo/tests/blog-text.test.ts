import { describe, expect, it } from 'vitest';
import { withOwnLinks } from '../blog/article/own-links.ts';
import { plainText } from '../blog/wordpress/plain-text.ts';
import { slugFromAddress } from '../blog/wordpress/slug.ts';

describe('plainText, for titles and excerpts as WordPress gives them', () => {
  it.each([
    ['Fog &amp; other visitors', 'Fog & other visitors'],
    ['&#8220;lunch&#8221; &#x2014; on the quay', '“lunch” — on the quay'],
    ['<p>Two words [&hellip;]</p>\n', 'Two words […]'],
    ['a <em>slanted</em> word', 'a slanted word'],
    ['&amp;lt;script&amp;gt;', '&lt;script&gt;'],
    ['&unknown; &#1114112; stay', '&unknown; &#1114112; stay'],
  ])('reads %j as %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});

describe('slugFromAddress', () => {
  it.each([
    ['the-ferry', 'the-ferry'],
    ['%e3%81%93', 'こ'],
    ['%E3%81%93', 'こ'],
    ['favicon.ico', null],
    ['wp-login.php', null],
    ['%zz', null],
    ['', null],
  ])('takes %j for %j', (segment, slug) => {
    expect(slugFromAddress(segment)).toBe(slug);
  });
});

it('keeps links between articles on the blog, and leaves pictures and other sites alone', () => {
  const html =
    '<a href="http://wp.test/a/">a</a><img src="http://wp.test/b.png"><a href="http://wp.test.evil/">c</a>';
  expect(withOwnLinks(html, 'http://wp.test')).toBe(
    '<a href="/a/">a</a><img src="http://wp.test/b.png"><a href="http://wp.test.evil/">c</a>',
  );
});
