/**
 * A field of a manifest by its path: `spec.ports.0.port`, and in lists of named things the name in brackets,
 * `spec.template.spec.containers.[bridge].env.[EVERYPOD_LISTEN].value`.
 */
export function readField(from: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>(child, from);
}

/** Sets a field that is there, or removes it where the value is undefined. */
export function changeField(from: unknown, path: string, value: unknown): void {
  const segments = path.split('.');
  const parent = segments.slice(0, -1).reduce<unknown>(child, from);
  const last = segments.at(-1) ?? '';
  if (typeof parent !== 'object' || parent === null) throw new Error(`${path} leads nowhere.`);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
}

function child(parent: unknown, segment: string): unknown {
  if (typeof parent !== 'object' || parent === null) return undefined;
  const name = /^\[(.+)\]$/.exec(segment)?.[1];
  if (name === undefined) return Reflect.get(parent, segment);
  return Array.isArray(parent) ? parent.find((item: unknown) => readField(item, 'name') === name) : undefined;
}
