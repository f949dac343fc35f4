import { changeField } from '../../src/manifests/field.ts';
import { findManifest, type Manifest } from '../../src/manifests/manifest.ts';
import type { Change } from '../../src/manifests/relations.ts';

/** A copy with one change. */
export function changed(from: Manifest[], change: Change): Manifest[] {
  const copy = structuredClone(from);
  if ('add' in change) return [...copy, change.add];
  if ('remove' in change)
    return copy.filter((manifest) => findManifest([manifest], change.remove) === undefined);
  changeField(findManifest(copy, change.manifest), change.field, change.to);
  return copy;
}
