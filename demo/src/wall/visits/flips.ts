/** `content` is null where no page came. */
type Seen = { content: string | null };

/** Had this visitor already got the newest page, and now gets another? */
export function seesOlderAgain(visits: Seen[], index: number, newest: string | null): boolean {
  const visit = visits[index];
  if (visit === undefined || visit.content === null) return false;
  return visit.content !== newest && visits.slice(0, index).some(isContent(newest));
}

/** Does some page come back after another one was shown in between? */
export function seesPageFlip(visits: Seen[]): boolean {
  return visits.some(({ content }, index) => {
    const isAnew = index > 0 && visits[index - 1]?.content !== content;
    return isAnew && visits.slice(0, index).some(isContent(content));
  });
}

function isContent(content: string | null) {
  return (visit: Seen) => visit.content === content;
}
