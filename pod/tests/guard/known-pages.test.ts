import { describe, expect, it } from 'vitest';
import { KnownPages } from '../../src/guard/known-pages.ts';
import { limits } from '../../src/limits.ts';

const entry = (tags = '') => ({ value: { kind: 'APP_PAGE', headers: { 'x-next-cache-tags': tags } } });

describe('The pages that a process knows', () => {
  it('are all that serve an address, where several sites have it', () => {
    const pages = new KnownPages();
    for (const site of ['/a.example', '/b.example', '/a.example'])
      pages.note('/hello', `${site}/hello`, entry());
    expect(pages.servedBy('/hello')).toEqual(['/b.example/hello', '/a.example/hello']);
    expect(pages.all()).toHaveLength(2);
    expect(pages.servedBy('/other')).toEqual([]);
  });

  it('name no page of the same address', () => {
    const pages = new KnownPages();
    pages.note('/hello?from=a-link', '/hello', entry());
    expect(pages.servedBy('/hello')).toEqual([]);
  });

  it('are led to by a tag once for each address', () => {
    const pages = new KnownPages();
    for (const site of ['/a.example', '/b.example']) pages.note('/hello', `${site}/hello`, entry('post:1'));
    pages.note('/other', '/other', entry('post:2'));
    expect(pages.carrying(new Set(['post:1']))).toEqual(['/hello']);
  });

  it('are so many, and those that were asked for last', () => {
    const pages = new KnownPages();
    for (let nth = 0; nth < limits.pagesKnown + 5; nth += 1) pages.note(`/${nth}`, `/en/${nth}`, entry());
    expect(pages.all()).toHaveLength(limits.pagesKnown);
    expect(pages.servedBy('/4')).toEqual([]);
    expect(pages.servedBy('/5')).toEqual(['/en/5']);
  });

  it('of one address are not more than somebody could make up names for', () => {
    const pages = new KnownPages();
    const many = limits.pagesOfOnePathKnown + 1;
    for (let nth = 0; nth < many; nth += 1) pages.note('/hello', `/${nth}.example/hello`, entry());
    expect(pages.servedBy('/hello')).toHaveLength(limits.pagesOfOnePathKnown);
    expect(pages.servedBy('/hello')).not.toContain('/0.example/hello');
  });
});
