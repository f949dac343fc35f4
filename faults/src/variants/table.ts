/** One way in which the code could be wrong, as edits of its source; the checker has to find it. */
export type Variant = {
  name: string;
  edits: { file: string; snippet: string; replacement: string }[];
  /** Behind the guard, which the model pods of the other gauntlet do not have. */
  guarded?: true;
  /** The verdicts of which at least one must fail; all others may fail too, but these are what it is about. */
  found: string[];
};

const move = 'pod/src/cursor/move.ts';

const secondPass = 'pod/src/settling/second-pass.ts';
const passOfAWave = '  if (wave === null) return;';
const forgottenPass = `${passOfAWave}
  endWave(state.waves, wave);
  if (wave.standing === 'over') return;`;

export const variants: Variant[] = [
  {
    name: 'no catch-up',
    edits: [
      {
        file: 'pod/src/readiness/readiness.ts',
        snippet: '    bridgeUrl !== null && secrets.length > 0\n',
        replacement: '    bridgeUrl !== null && secrets.length > 0 && life.state.readyBy === null\n',
      },
    ],
    found: ['missing', 'missing in logs'],
  },
  {
    name: 'cursor moved over a gap',
    edits: [{ file: move, snippet: 'cursor.seq >= push.after', replacement: 'cursor.seq >= 0' }],
    found: ['cursors cover'],
  },
  {
    name: 'cursor moved backwards',
    edits: [
      {
        file: move,
        snippet: 'cursor?.epoch === reached.epoch && cursor.seq > reached.seq ? cursor : reached',
        replacement: 'reached',
      },
    ],
    found: ['cursors rise'],
  },
  {
    name: 'null cursor moved by a push',
    edits: [
      {
        file: move,
        snippet: 'cursor !== null && cursor.epoch === push.epoch',
        replacement: 'cursor === null || cursor.epoch === push.epoch',
      },
    ],
    found: ['first ready', 'cursors cover'],
  },
  {
    name: 'no lease',
    edits: [
      {
        file: 'pod/src/readiness/readiness.ts',
        snippet: '  keepLease(life);',
        replacement: '  if (life === null) keepLease(life);',
      },
    ],
    found: ['missing', 'missing in logs'],
  },
  {
    name: 'no settling pass',
    edits: [{ file: secondPass, snippet: passOfAWave, replacement: forgottenPass }],
    found: ['missing'],
  },
  {
    name: 'settling lost with the bridge',
    edits: [
      {
        file: 'pod/src/catch-up/catch-up.ts',
        snippet: '    release(one, life);\n    // One that was asked later',
        replacement: '    release(one, life); life.state.waves.length = 0;\n    // One that was asked later',
      },
    ],
    found: ['missing', 'healed'],
  },
  {
    name: '2xx before the commit',
    edits: [
      {
        file: 'bridge/src/journal/sqlite.ts',
        snippet: '      const done = await inOneCommit(() => write(event));',
        replacement:
          "      void inOneCommit(() => write(event)); if (event) return { kind: 'accepted', event: { ...event, seq: position().head + 1, report: null } };\n" +
          '      const done = await inOneCommit(() => write(event));',
      },
    ],
    found: ['missing', 'missing in logs'],
  },
  {
    name: 'a report that trusts a bare 200',
    edits: [
      {
        file: 'fan-out/src/push/classify.ts',
        snippet: "return 'answer' in read ? judge(read.answer, context.push) : failed(read.why);",
        replacement:
          "return 'answer' in read ? judge(read.answer, context.push) : { state: 'applied', retry: false };",
      },
    ],
    found: ['honest'],
  },
  {
    name: 'a new epoch that forgets everything',
    edits: [
      {
        file: 'bridge/src/journal/missed.ts',
        snippet: "if (cursor.epoch !== position.epoch) return everything(position, 'another epoch');",
        replacement:
          'if (cursor.epoch !== position.epoch) return unlessTooMany({ position, targets: [], seqs: [] }, asked);',
      },
      {
        file: move,
        snippet: "return 'everything' in answer || (asked !== null && asked.epoch !== answer.epoch);",
        replacement: "return 'everything' in answer;",
      },
    ],
    found: ['missing', 'missing in logs'],
  },
  {
    name: 'drained told too early',
    guarded: true,
    edits: [
      {
        file: 'pod/src/settling/drain.ts',
        snippet: 'howEnded(guard.before(tick, capMs), capMs,',
        replacement: 'howEnded([], capMs,',
      },
    ],
    found: ['drained'],
  },
  {
    name: 'a guard that stores late',
    guarded: true,
    edits: [
      {
        file: 'pod/src/guard/handler.ts',
        snippet: '(value && given.get(value)) ?? this.#begun.get(key) ?? this.#bornAt',
        replacement: 'ledger.tick',
      },
    ],
    found: ['drained'],
  },
  {
    name: 'a guard that trusts the wall clock',
    guarded: true,
    edits: [
      {
        file: 'pod/src/guard/ledger.ts',
        snippet: '  get tick(): number {\n    return this.#tick;',
        replacement: '  get tick(): number {\n    return Date.now();',
      },
      {
        file: 'pod/src/guard/ledger.ts',
        snippet: '    this.#tick += 1;',
        replacement: '    this.#tick = Date.now();',
      },
    ],
    found: ['drained'],
  },
  {
    name: 'a ledger that forgets',
    guarded: true,
    edits: [
      {
        file: 'pod/src/guard/ledger.ts',
        snippet: '      this.#floor = Math.max(this.#floor, tickOf(mark));',
        replacement: '',
      },
      {
        file: 'pod/src/limits.ts',
        snippet: '  ledgerTagsAtMost: 100_000,',
        replacement: '  ledgerTagsAtMost: 10,',
      },
    ],
    found: ['drained'],
  },
  {
    name: 'a visit that believes its own answer',
    guarded: true,
    edits: [
      {
        file: 'pod/src/visits/look.ts',
        snippet: '  const isMade = page !== null && page.tick >= since;',
        replacement: '  const isMade = true;',
      },
      {
        file: 'pod/src/visits/look.ts',
        snippet: '  const served = pagePathOf(page.key);',
        replacement:
          '  if (page === null) return final({ result: "made" }); const served = pagePathOf(page.key);',
      },
    ],
    found: ['made'],
  },
  {
    name: 'made without the oldest answer',
    guarded: true,
    edits: [
      {
        file: 'pod/src/guard/visits.ts',
        snippet: "  return typeof fetchUrl === 'string' && visit.origins.has(originOf(fetchUrl));",
        replacement: '  return false;',
      },
    ],
    found: ['made'],
  },
  {
    name: 'a kept page after settled',
    guarded: true,
    edits: [
      {
        file: 'pod/src/guard/keeping.ts',
        snippet: 'if (sinceMs <= ms && untilMs > now) return true;',
        replacement: '',
      },
      {
        file: 'pod/src/guard/guard.ts',
        snippet: '    settle: (tick) => ledger.settle(tick),',
        replacement: '    settle: () => undefined,',
      },
    ],
    found: ['kept'],
  },
  {
    name: 'what vanishes kept',
    guarded: true,
    edits: [
      {
        file: 'pod/src/guard/guard.ts',
        snippet: '    vanish: (tags) => ledger.vanish(withKeyTags(tags)),',
        replacement: '    vanish: () => undefined,',
      },
    ],
    found: ['kept'],
  },
];
