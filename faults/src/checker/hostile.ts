import { inUse } from '../injections/journal-in-use.ts';
import { strangers } from '../injections/strangers.ts';
import { takenOver } from '../injections/taken-over.ts';
import { checkedOnTheSpot } from './checked.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

const assertions = {
  [strangers]: 'Strangers are told no more than they may know, leave nothing behind, and hold up nobody',
  [takenOver]:
    'A taken-over pod brings about one epoch at most in a lease, and none of its numbers is believed',
  [inUse]: 'A journal that somebody else gets at holds up nothing but events, and has one bridge at a time',
};

/** What was checked while somebody meant ill; nothing of what this run did not come to. */
export function nobodyHostileDoesHarm(evidence: Evidence): Verdict[] {
  return Object.entries(assertions)
    .map(([name, assertion]) => checkedOnTheSpot(evidence, name, assertion))
    .filter(({ judged }) => judged > 0);
}
