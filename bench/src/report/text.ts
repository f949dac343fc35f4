import type { Cell, Table } from '../measurement.ts';
import type { Machine } from './machine.ts';

export function machineLines(machine: Machine): string[] {
  const { node, platform, processor, cores, memoryGb, loadBefore } = machine;
  return [
    `Node ${node} on ${platform}, ${cores} cores (${processor}), ${memoryGb} GB.`,
    `Load in the minute before: ${loadBefore}.${loadBefore > 1 ? ' Others use this machine: compare within a table only.' : ''}`,
  ];
}

/** A table for a terminal: words to the left, numbers to the right. */
export function tableLines({ title, columns, rows, notes }: Table): string[] {
  const texts = rows.map((row) => row.map(cellText));
  const widths = columns.map((name, at) =>
    Math.max(name.length, ...texts.map((row) => row[at]?.length ?? 0)),
  );
  const isNumber = columns.map((_, at) => rows.every((row) => typeof row[at] !== 'string'));
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    '',
    title,
    `  ${line(columns)}`,
    `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`,
    ...texts.map((row) => `  ${line(row)}`),
    ...notes.map((note) => `  ${note}`),
  ];
}

function cellText(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return cell.toLocaleString('en');
  if (Math.abs(cell) >= 100) return Math.round(cell).toLocaleString('en');
  return cell.toFixed(Math.abs(cell) >= 10 ? 1 : Math.abs(cell) >= 1 ? 2 : 3);
}
