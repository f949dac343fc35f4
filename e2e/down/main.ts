import { readArguments } from './arguments.ts';
import { figuresOf } from './figures.ts';
import { judge } from './judge.ts';
import { limits } from './limits.ts';
import { isError } from './readers.ts';
import { runOutage } from './run.ts';

const began = performance.now();
const say = (line: string) =>
  process.stdout.write(`${Math.round((performance.now() - began) / 1000)} s  ${line}\n`);

const { minutes } = readArguments(process.argv.slice(2));
const outageMs = minutes * 60_000;
const about = Math.ceil(minutes + limits.controlOutageMs / 60_000 + 4);
say(`WordPress is away for ${minutes} minutes, while people read: about ${about} minutes in all.`);

const kept = await runOutage({ outageMs, knowsOrigin: true, say });
const wrong = judge(kept, kept.pods);
for (const line of figuresOf(kept)) say(line);

say('The same for some seconds where nothing tells the pods that WordPress is away:');
const control = await runOutage({ outageMs: limits.controlOutageMs, knowsOrigin: false, say });
const { downAtMs, untilMs } = control.outage;
const errors = control.reads.filter(
  (one) => isError(one) && one.beganAtMs > downAtMs && one.beganAtMs < untilMs,
);
say(`${errors.length} errors.`);
if (errors.length === 0) wrong.push('Nobody met an error where nothing was kept: this run shows nothing.');

for (const line of wrong.slice(0, limits.shownWrong)) say(`Wrong: ${line}`);
if (wrong.length > limits.shownWrong) say(`… and ${wrong.length - limits.shownWrong} more.`);
say(wrong.length === 0 ? 'All is as it should be.' : `${wrong.length} things are wrong.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
