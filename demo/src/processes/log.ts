import { appendFile, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { limits } from '../limits.ts';

/** Gives a program's lines to whoever wants them, and to its log. */
export function tee(stream: NodeJS.ReadableStream, logFile: string, onLine: (line: string) => void): void {
  // One write after the other, or lines would land out of order.
  let written = Promise.resolve();
  createInterface({ input: stream }).on('line', (line) => {
    written = written.then(() => appendFile(logFile, `${line}\n`)).catch(() => {});
    onLine(line);
  });
}

/** In a sentence that names the log. */
export async function lastLines(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-limits.shownLogLines);
  return `The last lines of ${logFile}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
