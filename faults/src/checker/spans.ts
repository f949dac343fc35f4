/** From and to, as monotonic times. A list of spans is in order, and none touches the next. */
export type Span = { from: number; to: number };

export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}

/** The parts of `span` that lie outside of `holes`. */
export function without(span: Span, holes: readonly Span[]): Span[] {
  const parts: Span[] = [];
  let { from } = span;
  for (let index = firstEndingAfter(holes, from); index < holes.length; index += 1) {
    const hole = holes[index];
    if (!hole || hole.from >= span.to) break;
    if (hole.from > from) parts.push({ from, to: hole.from });
    from = Math.max(from, hole.to);
  }
  if (from < span.to) parts.push({ from, to: span.to });
  return parts;
}

export function overlaps(one: readonly Span[], other: readonly Span[]): Span[] {
  return one.flatMap(({ from, to }) =>
    other
      .map((span) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
      .filter((span) => span.from < span.to),
  );
}

/** The moment at which `ms` have passed since `from`, holes not counted. */
export function advance(from: number, ms: number, holes: readonly Span[]): number {
  let now = from;
  let left = ms;
  for (let index = firstEndingAfter(holes, from); index < holes.length; index += 1) {
    const hole = holes[index];
    if (!hole || now + left <= hole.from) break;
    left -= Math.max(0, hole.from - now);
    now = Math.max(now, hole.to);
  }
  return now + left;
}

function firstEndingAfter(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
