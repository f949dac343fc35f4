import { describe, expect, it } from 'vitest';
import type { Copy } from '../src/copies/copy.ts';
import type { Round } from '../src/copies/round.ts';
import { addresses } from '../src/pages/addresses.ts';
import { judge } from '../src/verdict/verdict.ts';

const [page = '', other = ''] = addresses;
const copy = (text: string, made = 'first', status = 200): Copy => ({
  status,
  frame: '',
  text,
  made,
});

/** Every page says the same, but for those that are named. */
function round(truths: Record<string, Copy>, ...pods: Record<string, Copy>[]): Round {
  const all = (named: Record<string, Copy>) =>
    new Map(addresses.map((path) => [path, named[path] ?? copy('same')]));
  return { truths: all(truths), copies: pods.map((named) => all(named)) };
}

const nothing = { changed: [], stale: [], needed: [], needless: [] };

describe('What an action did to the pages', () => {
  it('is nothing where nothing is another', () => {
    expect(judge(round({}, {}, {}), round({}, {}, {}))).toEqual(nothing);
  });

  it('is a stale page where it would have another text, and one pod of two still has the old one', () => {
    const fresh = copy('new', 'second');
    const after = round({ [page]: copy('new') }, { [page]: fresh }, {});
    expect(judge(round({}, {}, {}), after)).toEqual({
      ...nothing,
      changed: [page],
      stale: [page],
      needed: [page],
    });
  });

  it('is a page that was needed where every pod has made it anew', () => {
    const fresh = { [page]: copy('new', 'second') };
    const after = round({ [page]: copy('new') }, fresh, fresh);
    expect(judge(round({}, {}, {}), after)).toEqual({ ...nothing, changed: [page], needed: [page] });
  });

  it('is a needless page where it was made anew and has the text that it had', () => {
    const after = round({}, {}, { [other]: copy('same', 'second') });
    expect(judge(round({}, {}, {}), after)).toEqual({ ...nothing, needless: [other] });
  });

  it('is a change where a page is not found any more', () => {
    const gone = { [page]: copy('same', 'second', 404) };
    const after = round({ [page]: copy('same', '', 404) }, gone, gone);
    expect(judge(round({}, {}, {}), after)).toEqual({ ...nothing, changed: [page], needed: [page] });
  });
});
