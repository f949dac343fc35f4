import { isDeepStrictEqual } from 'node:util';
import { expectedFields } from './expected-fields.ts';
import { readField } from './field.ts';
import { findManifest, type Manifest } from './manifest.ts';
import { relationRules } from './relations.ts';

/** Every rule that the manifests break, one sentence each. */
export function judgeManifests(manifests: Manifest[]): string[] {
  return [
    ...expectedFields.flatMap(({ says, manifest: id, under = '', fields }) =>
      Object.entries(fields).flatMap(([field, wanted]) => {
        const path = joinFields(under, field);
        const found = readField(findManifest(manifests, id), path);
        return isDeepStrictEqual(found, wanted)
          ? []
          : [`${says}: ${id} ${path} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}.`];
      }),
    ),
    ...relationRules.flatMap(({ says, holds }) => (holds(manifests) ? [] : [`${says}: it does not hold.`])),
  ];
}

export function joinFields(under: string, field: string): string {
  return under === '' ? field : `${under}.${field}`;
}
