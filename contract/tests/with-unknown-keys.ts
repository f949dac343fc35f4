/** A key of a later version, of which nobody knows anything. */
const unknown = { laterOn: { any: ['thing', 1, null], targets: [{ path: '/never' }] } };

export type Extended = { where: string; value: unknown };

/** A message once for each object in it, which has an unknown key; and once with one in all of them. */
export function withUnknownKeys(value: unknown): Extended[] {
  const places = placesOf(value);
  return [
    ...places.map((place) => ({ where: place.join('.') || 'top', value: extend(value, [place]) })),
    { where: 'everywhere', value: extend(value, places) },
  ];
}

type Place = readonly string[];

function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, part]) => placesOf(part, [...at, key]));
  return Array.isArray(value) ? inside : [at, ...inside];
}

function extend(value: unknown, places: readonly Place[], at: Place = []): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part, index) => extend(part, places, [...at, String(index)]));
  const parts = Object.entries(value).map(([key, part]) => [key, extend(part, places, [...at, key])]);
  const isHere = places.some((place) => place.join(' ') === at.join(' '));
  return { ...Object.fromEntries(parts), ...(isHere && unknown) };
}
