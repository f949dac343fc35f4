/** A picture drawn from the article's id: the same on every pod, and nothing to download. */
export function Cover({ id, className }: { id: number; className?: string }) {
  const draw = drawing(id);
  const hue = (id * 47) % 360;
  const name = `cover-${id}`;
  return (
    <svg
      className={className}
      viewBox="0 0 320 200"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <linearGradient id={name} x2="0" y2="1">
        <stop stopColor={`hsl(${hue} 45% 84%)`} />
        <stop offset="1" stopColor={`hsl(${(hue + 40) % 360} 60% 70%)`} />
      </linearGradient>
      <rect width="320" height="200" fill={`url(#${name})`} />
      <circle
        cx={between(draw(), 60, 260)}
        cy={between(draw(), 45, 85)}
        r={between(draw(), 18, 38)}
        fill={`hsl(${(hue + 40) % 360} 85% 92%)`}
      />
      {[0, 1, 2, 3].map((layer) => (
        <path
          key={layer}
          d={hills(100 + layer * 26, 26 - layer * 5, draw)}
          fill={`hsl(${(hue + 150 + layer * 12) % 360} ${28 + layer * 5}% ${62 - layer * 14}%)`}
        />
      ))}
    </svg>
  );
}

function hills(base: number, height: number, draw: () => number): string {
  const top = () => Math.round(base + (draw() - 0.5) * 2 * height);
  const start = top();
  let before = start;
  const ridge = [64, 128, 192, 256, 320].map((x) => {
    const after = top();
    const curve = `C ${x - 32} ${before} ${x - 32} ${after} ${x} ${after}`;
    before = after;
    return curve;
  });
  return `M 0 ${start} ${ridge.join(' ')} V 200 H 0 Z`;
}

function between(share: number, low: number, high: number): number {
  return Math.round(low + share * (high - low));
}

/** Numbers from 0 to 1 that follow from the seed alone (a linear congruential generator). */
function drawing(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
