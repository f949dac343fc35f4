import { describe, expect, it } from 'vitest';
import { applicationsOf } from '../../src/checker/applications.ts';
import { cursorsCoverOnlyWhatWasApplied } from '../../src/checker/covered.ts';
import { cursorsOnlyRise } from '../../src/checker/cursors.ts';
import { evidenceOf } from '../../src/checker/evidence.ts';
import { newPodsServeNothingOld } from '../../src/checker/first-ready.ts';
import { nothingForgedMoves } from '../../src/checker/forged.ts';
import { healsByItself } from '../../src/checker/healed.ts';
import { everyCallIsHeard } from '../../src/checker/heard.ts';
import { reportsAreHonest } from '../../src/checker/honest.ts';
import { nobodyHostileDoesHarm } from '../../src/checker/hostile.ts';
import { faultsWereInjected } from '../../src/checker/injected.ts';
import { everyEventIsInThePodsLogs } from '../../src/checker/missing-in-logs.ts';
import { probesAreAnsweredInTime } from '../../src/checker/probes.ts';
import { noSecretInAnyLog } from '../../src/checker/secrets.ts';
import { outcomeOf } from '../../src/checker/verdict.ts';
import type { Record } from '../../src/chronicle/record.ts';
import { strangers } from '../../src/injections/strangers.ts';
import { takenOver } from '../../src/injections/taken-over.ts';
import {
  accepted,
  applied,
  at,
  born,
  epoch,
  instance,
  probe,
  reach,
  read,
  ready,
  saved,
  story,
} from './story.ts';

type Parts = (Record | Record[])[];
const evidence = (...parts: Parts) => evidenceOf(story(...parts));
const withApplications = <T>(
  judge: (e: ReturnType<typeof evidence>, a: ReturnType<typeof applicationsOf>) => T,
  parts: Parts,
) => {
  const found = evidence(...parts);
  return judge(found, applicationsOf(found));
};

describe('By its own log a pod', () => {
  const judge = (...parts: Parts) =>
    withApplications(
      (e, a) => everyEventIsInThePodsLogs(e, a, { boundMs: 20_000, boundWithoutBridgeMs: 80_000 }),
      [born(0), reach(0, true), ready(1, 60), saved(5), accepted(6), ...parts],
    );

  it('has to apply each event in time', () => {
    expect(judge(applied(7))).toMatchObject({ judged: 1, faults: [] });
    expect(judge(applied(30)).faults).toEqual([expect.stringContaining('4.0 s too late')]);
    expect(judge().faults).toEqual([expect.stringContaining('never')]);
  });

  it('may apply everything instead', () => {
    expect(judge(applied(20, 'everything')).faults).toEqual([]);
  });

  it('does not get away with what it had applied before the change', () => {
    expect(judge(applied(4)).faults).toHaveLength(1);
  });
});

describe('A report', () => {
  const report = (second: number, settled: string[] = []) =>
    at(second, {
      what: 'report',
      id: 'event_1',
      state: 'applied',
      final: false,
      seq: 1,
      applied: [instance],
      settled,
      others: 0,
    });
  const judge = (...parts: Parts) =>
    withApplications((e, a) => reportsAreHonest(e, a, 10_000), [born(0), saved(5), accepted(6), ...parts]);

  it('that says applied is borne out by the pod’s log', () => {
    expect(judge(applied(7), report(8)).faults).toEqual([]);
    expect(judge(report(8)).faults).toEqual([expect.stringContaining('says applied')]);
  });

  it('may not run ahead of the pod', () => {
    expect(judge(report(8), applied(9)).faults).toHaveLength(1);
  });

  it('that says settled needs a second application after the settling delay', () => {
    expect(judge(applied(7), applied(17), report(18, [instance])).faults).toEqual([]);
    expect(judge(applied(7), applied(12), report(18, [instance])).faults).toEqual([
      expect.stringContaining('says settled'),
    ]);
  });

  describe('that says settled of a guarded pod', () => {
    const guarded = (...parts: Parts) =>
      withApplications(
        (e, a) => reportsAreHonest(e, a, 10_000),
        [born(0, 0, 4_000), saved(5), accepted(6), applied(7), report(8, [instance]), ...parts],
      ).faults;

    it('is borne out by what the pod serves from then on', () => {
      expect(guarded(read(9, 2))).toEqual([]);
      expect(guarded(read(7, 1), read(9, 1))).toEqual([expect.stringContaining('version 1 1.0 s later')]);
    });

    it('needs a second application all the same where it is about more than pages', () => {
      const flags = { ...saved(5), targets: ['topic flags:1'] };
      const judgeFlags = (...parts: Parts) =>
        withApplications(
          (e, a) => reportsAreHonest(e, a, 10_000),
          [
            born(0, 0, 4_000),
            flags,
            accepted(6),
            applied(7, 'topic flags:1'),
            report(18, [instance]),
            ...parts,
          ],
        ).faults;
      expect(judgeFlags()).toEqual([expect.stringContaining('no second application')]);
      expect(judgeFlags(applied(17, 'topic flags:1'))).toEqual([]);
    });
  });
});

describe('A cursor', () => {
  const head = (second: number, name = epoch, seq = 1) => at(second, { what: 'head', epoch: name, seq });
  const judge = (...parts: Parts) =>
    withApplications(cursorsCoverOnlyWhatWasApplied, [born(0), head(4), saved(5), accepted(6), ...parts]);

  it('covers only what its pod has applied', () => {
    expect(judge(head(7), applied(7), probe(8, { seq: 1 }))).toMatchObject({ judged: 1, faults: [] });
    expect(judge(head(7), probe(8, { seq: 1 })).faults).toEqual([
      expect.stringContaining('has not applied event_1 at 1'),
    ]);
  });

  it('is not judged by an event whose epoch is in doubt', () => {
    expect(judge(head(7, 'epoch-two'), probe(8, { seq: 1 })).judged).toBe(0);
  });

  it('is not judged by an event that the disk had lost by then, and by every other', () => {
    const lost = at(7, { what: 'gone back', since: 4_500 });
    expect(judge(lost, head(7), probe(8, { seq: 1 })).judged).toBe(0);
    const longBefore = at(7, { what: 'gone back', since: 6_500 });
    expect(judge(longBefore, head(7), probe(8, { seq: 1 })).faults).toHaveLength(1);
  });

  describe('once the disk has lost a life of the journal,', () => {
    const [first, lost, next] = [1, 600_100, 900_001];
    const after = (...parts: Parts) =>
      judge(
        [applied(6.5), head(7, epoch, lost), at(8, { what: 'gone back', since: 7_000 }), head(9)],
        [saved(10, 3, 'event_2'), accepted(11, 'event_2', next), head(12, epoch, next)],
        ...parts,
      );

    it('stands for no event of the next one where it is of the lost one: above all numbers, or between two lives', () => {
      for (const seq of [next + 1, lost])
        expect(after(probe(13, { seq }))).toMatchObject({ judged: 1, faults: [] });
      const later = [saved(13, 4, 'event_3'), accepted(14, 'event_3', next + 600_000)];
      expect(after(later, head(15, epoch, next + 600_000), probe(16, { seq: next + 1_000 }))).toMatchObject({
        judged: 1,
        faults: [],
      });
    });

    it('stands for those that were there before the loss, and for those that it was given since', () => {
      expect(after(probe(13, { seq: next })).faults).toEqual([
        expect.stringContaining(`has not applied event_2 at ${next}`),
      ]);
      const unapplied = [saved(6.6, 2, 'event_0'), accepted(6.8, 'event_0', first + 1), head(6.9, epoch, 2)];
      expect(after(unapplied, probe(13, { seq: next + 1 })).faults).toEqual([
        expect.stringContaining('has not applied event_0 at 2'),
      ]);
    });

    it('stands for all of them in an epoch that began after it', () => {
      const begun = [head(14, 'epoch-two', next), saved(15, 4, 'event_3'), accepted(16, 'event_3', next + 1)];
      const told = at(17, {
        ...probe(17),
        cursor: { epoch: 'epoch-two', seq: next + 9 },
      } as Record);
      expect(after(begun, head(16.5, 'epoch-two', next + 1), told).faults).toEqual([
        expect.stringContaining('has not applied event_3'),
      ]);
    });
  });

  it('never goes back within an epoch', () => {
    const judgeRise = (...parts: Parts) => cursorsOnlyRise(evidence(...parts)).faults;
    expect(
      judgeRise(probe(1, { seq: 3 }), probe(2, { seq: 5, settled: 3 }), probe(3, { seq: 5, settled: 5 })),
    ).toEqual([]);
    expect(judgeRise(probe(1, { seq: 3 }), probe(2, { seq: 2 }))).toHaveLength(1);
    expect(judgeRise(probe(1, { seq: 3, settled: 3 }), probe(2, { seq: 4, settled: 2 }))).toHaveLength(1);
  });
});

describe('A probe', () => {
  const hung = (from: number, second: number) =>
    at(second, { ...probe(second, { status: 0, of: '' }), from: from * 1_000 } as Record);
  const fault = (second: number, phase: 'begins' | 'ends') =>
    at(second, { what: 'fault', name: 'wire: slow', phase, on: 'a', from: second * 1_000 });
  const judge = (...parts: Parts) => probesAreAnsweredInTime(evidence(born(0), probe(1), ...parts));

  it('that nobody answers is a fault', () => {
    expect(judge(hung(2, 5))).toMatchObject({
      judged: 2,
      faults: [expect.stringContaining('did not answer')],
    });
  });

  it('is not judged while a fault is on its pod, nor once the pod has died', () => {
    expect(judge(fault(1, 'begins'), hung(2, 5), fault(6, 'ends'))).toMatchObject({ judged: 1, faults: [] });
    expect(judge(at(3, { what: 'died', instance }), hung(2, 5))).toMatchObject({ judged: 1, faults: [] });
  });
});

describe('The faults', () => {
  const begun = at(1, { what: 'fault', name: 'disk: full', phase: 'begins', on: 'journal', from: 900 });
  const ended = at(2, { what: 'fault', name: 'disk: full', phase: 'ends', on: 'journal', from: 1_900 });
  const missed = (broken: boolean) =>
    at(3, { what: 'not injected', name: 'wire: slow', reason: 'why not', broken });

  it('have each happened once, where that is wanted', () => {
    expect(faultsWereInjected(evidence(begun, ended), ['disk: full']).faults).toEqual([]);
    expect(faultsWereInjected(evidence(begun, ended), ['wire: slow']).faults).toEqual([
      'wire: slow: it never happened.',
    ]);
  });

  it('may find nobody to happen to, and may not break', () => {
    expect(faultsWereInjected(evidence(begun, ended, missed(false)), []).faults).toEqual([]);
    expect(faultsWereInjected(evidence(begun, ended, missed(true)), []).faults).toEqual([
      'wire: slow: why not',
    ]);
  });
});

describe('A pod that was born late', () => {
  const judge = (version: number) =>
    newPodsServeNothingOld(evidence(saved(1), accepted(2), born(5, 0), ready(6, 8), read(6, version, true)));

  it('serves nothing old at once', () => {
    expect(judge(2)).toMatchObject({ judged: 1, faults: [] });
    expect(judge(1).faults).toEqual([expect.stringContaining('first served /a/1 at version 1')]);
  });
});

describe('A forged message', () => {
  const inEpoch = (name: string) => at(4, { ...probe(4), cursor: { epoch: name, seq: 9 } } as Record);
  const forged = (status: number) =>
    at(3, { what: 'forged', kind: 'that is not signed', on: 'pod', status, mark: 'forged-7' });

  it.each<[string, Parts, string]>([
    ['is answered as if it were right', [forged(200)], ''],
    ['moves a pod', [forged(401), applied(4, 'tag forged-7')], ''],
    ['gets into the journal', [forged(401)], 'tag forged-7'],
    ['gives a pod its cursor', [forged(401), inEpoch('forged-epoch')], ''],
  ])('must not be one that %s', (_, parts, journal) => {
    expect(nothingForgedMoves(evidence(...parts), journal).faults).toHaveLength(1);
  });

  it('is refused, and that is all', () => {
    expect(nothingForgedMoves(evidence(forged(401)), 'tag article:1')).toMatchObject({
      judged: 1,
      faults: [],
    });
  });
});

describe('Who means ill', () => {
  const checked = (ok: boolean, name = strangers) =>
    at(3, { what: 'checked', name, ok, detail: 'what was seen' });

  it('A1 A2 does no harm, or it is told', () => {
    expect(nobodyHostileDoesHarm(evidence(checked(true)))).toMatchObject([{ judged: 1, faults: [] }]);
    expect(nobodyHostileDoesHarm(evidence(checked(true), checked(false, takenOver)))).toMatchObject([
      { faults: [] },
      { faults: ['what was seen'] },
    ]);
  });

  it('is not told of where nobody did', () => {
    expect(nobodyHostileDoesHarm(evidence(checked(true, 'fetched')))).toEqual([]);
  });
});

describe('A quiet window', () => {
  const standing = (given: { waiting?: number; seq?: number; settled?: number; isReady?: boolean }) => {
    const { waiting = 0, seq = 9, settled = 9, isReady = true } = given;
    return healsByItself(
      evidence(
        at(9, {
          what: 'standing',
          head: { epoch, seq: 9 },
          waiting,
          wanted: 1,
          pods: [
            { ip: '127.64.1.1', ready: isReady, cursor: { epoch, seq }, settled: { epoch, seq: settled } },
          ],
        }),
      ),
    ).faults;
  };

  it('ends with everything at the head', () => {
    expect(standing({})).toEqual([]);
  });

  it.each([
    ['an event waits', { waiting: 1 }],
    ['a pod is behind', { seq: 8 }],
    ['a pod has not settled', { settled: 8 }],
    ['a pod is not ready', { isReady: false }],
  ])('has not healed what it should while %s', (_, given) => {
    expect(standing(given)).toHaveLength(1);
  });
});

describe('A call outside of a request', () => {
  it('is a fault, since Next.js would not hear it', () => {
    const unheard = at(2, { what: 'unheard', instance, keys: ['tag article:1'] });
    expect(everyCallIsHeard(evidence(applied(1), unheard)).faults).toHaveLength(1);
  });
});

describe('A secret', () => {
  const secret = `whsec_${Buffer.from('a secret of thirty-two bytes + /').toString('base64')}`;
  const bytes = Buffer.from(secret.slice(6), 'base64');

  it.each([
    ['as it is', secret],
    ['without its prefix', bytes.toString('base64')],
    ['in hex', bytes.toString('hex')],
    ['in base64url', bytes.toString('base64url')],
  ])('is found in a log %s', (_, text) => {
    expect(noSecretInAnyLog([secret], [{ name: 'bridge.log', text: `x ${text} y` }]).faults).not.toEqual([]);
  });
});

describe('An assertion', () => {
  const verdict = { name: 'n', assertion: 'a', judged: 0, faults: [], figures: [] };

  it('that has judged nothing has not passed', () => {
    expect(outcomeOf(verdict)).toBe('failed');
    expect(outcomeOf({ ...verdict, judged: 1 })).toBe('passed');
    expect(outcomeOf({ ...verdict, skipped: 'no strace here' })).toBe('skipped');
  });
});
