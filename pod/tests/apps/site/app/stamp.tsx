/** The moment of the render, to tell one copy of a page from the next. */
export function Stamp() {
  return <output>{`rendered:${performance.timeOrigin + performance.now()}`}</output>;
}
