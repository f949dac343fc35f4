import { describe, expect, it } from 'vitest';
import { documentOf } from '../src/report/matrix.ts';
import type { Run } from '../src/report/seen.ts';

const counts = { changed: 4, stale: 0, needed: 4, needless: 2 };
const action = {
  name: 'A title is changed',
  way: 'REST',
  sent: ['post.updated'],
  named: '1 post',
  failed: false,
};
const run: Omit<Run, 'actions'> = {
  date: '2026-12-01',
  wordpress: 'WordPress 7.1 on native PHP 8.2',
  next: 16,
  by: 'keys',
  pods: 2,
};
const byKeys: Run = { ...run, actions: [{ ...action, ...counts }] };
const byPaths: Run = {
  ...run,
  by: 'paths alone',
  actions: [{ ...action, ...counts, stale: 3, needed: 1 }],
};
const older: Run = { ...byKeys, wordpress: 'WordPress 6.6 on native PHP 8.2' };

const rowsOf = (runs: Run[]) => documentOf(runs)?.split('\n') ?? [];

describe('the document of what crawls saw', () => {
  it('has each action with how many pages stay old by paths alone beside it', () => {
    expect(rowsOf([older, byKeys, byPaths])).toContain(
      '| A title is changed | REST | 4 | 0 | 3 | 2 | `post.updated` | 1 post |',
    );
  });
  it('has one line with the sums of each run', () => {
    const rows = rowsOf([older, byKeys, byPaths]);
    expect(rows).toContain(
      '| WordPress 6.6 on native PHP 8.2 | 16 | keys | 2026-12-01 | 1 | 4 | 0 | 0 | 4 | 2 |',
    );
    expect(rows).toContain(
      '| WordPress 7.1 on native PHP 8.2 | 16 | paths alone | 2026-12-01 | 1 | 4 | 3 | 1 | 1 | 2 |',
    );
  });
  it('leaves that out where nobody tried by paths alone with the same versions', () => {
    expect(rowsOf([byKeys, { ...byPaths, next: 15 }])).toContain(
      '| A title is changed | REST | 4 | 0 | 2 | `post.updated` | 1 post |',
    );
  });
  it('is not written where no run went by keys', () => {
    expect(documentOf([byPaths])).toBeNull();
  });
});
