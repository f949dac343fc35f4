import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.ts';
import { retryAfterMs } from '../../src/push/retry-after.ts';

const now = Date.parse('Sun, 06 Nov 1994 08:49:30 GMT');
const most = limits.retryAfterMostMs;

describe('Retry-After', () => {
  it.each([
    { what: 'seconds', header: '7', ms: 7_000 },
    { what: 'none', header: '0', ms: 0 },
    { what: 'leading zeros', header: '007', ms: 7_000 },
    { what: 'space around', header: '  7 ', ms: 7_000 },
    { what: 'more than is granted', header: '3600', ms: most },
    { what: 'more than a number holds', header: '9'.repeat(400), ms: most },
    { what: 'a date', header: 'Sun, 06 Nov 1994 08:49:37 GMT', ms: 7_000 },
    { what: 'a date of the old form', header: 'Sunday, 06-Nov-94 08:49:37 GMT', ms: 7_000 },
    { what: 'a date of the oldest form', header: 'Sun Nov  6 08:49:37 1994', ms: 7_000 },
    { what: 'a date of the past', header: 'Sat, 05 Nov 1994 08:49:37 GMT', ms: 0 },
    { what: 'a date in many years', header: 'Sun, 06 Nov 2094 08:49:37 GMT', ms: most },
  ])('with $what: "$header"', ({ header, ms }) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });

  it.each([
    null,
    '',
    ' ',
    'soon',
    '-5',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '5, 10',
    '5;q=1',
    '١٢',
    'Infinity',
    'NaN',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sun, 99 Nov 1994 99:99:99 GMT',
  ])('that HTTP does not know counts for nothing: "%s"', (header) => {
    expect(retryAfterMs(header, now)).toBeUndefined();
  });
});
