import { describe, expect, test } from 'vitest';
import { canRevalidate } from '../../src/editor/can-revalidate.ts';

const value = { configured: true, visible: true, unsent: false, delivery: null };

describe('"Revalidate now" is offered', () => {
  test.each([
    ['for a published post', { ok: true, value } as const, true, true],
    ['while WordPress has not answered yet', null, true, true],
    ['not for a draft', { ok: true, value } as const, false, false],
    ['not without a bridge', { ok: true, value: { ...value, configured: false } } as const, true, false],
    // A private post counts as published in the editor.
    [
      "not where visitors can't see the post",
      { ok: true, value: { ...value, visible: false } } as const,
      true,
      false,
    ],
  ])('%s', (_, answer, published, offered) => {
    expect(canRevalidate(answer, published)).toBe(offered);
  });
});
