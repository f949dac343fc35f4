import { isDeepStrictEqual } from 'node:util';
import { expectedFields, type FieldsRule } from './expected-fields.ts';
import { readField } from './field.ts';
import { findManifest, type Manifest } from './manifest.ts';
import { type RelationRule, relationRules } from './relations.ts';
import { severalBridgesFields, severalBridgesRelations } from './several-bridges.ts';
import { singleBridgeFields, singleBridgeRelations } from './single-bridge.ts';

export interface Rules {
  fields: FieldsRule[];
  relations: RelationRule[];
}

export const singleBridge: Rules = {
  fields: [...expectedFields, ...singleBridgeFields],
  relations: [...relationRules, ...singleBridgeRelations],
};

export const severalBridges: Rules = {
  fields: [...expectedFields, ...severalBridgesFields],
  relations: [...relationRules, ...severalBridgesRelations],
};

/** Every rule that the manifests break, one sentence each. */
export function judgeManifests(manifests: Manifest[], { fields, relations }: Rules): string[] {
  return [
    ...fields.flatMap(({ says, manifest: id, under = '', fields: wantedFields }) =>
      Object.entries(wantedFields).flatMap(([field, wanted]) => {
        const path = joinFields(under, field);
        const found = readField(findManifest(manifests, id), path);
        return isDeepStrictEqual(found, wanted)
          ? []
          : [`${says}: ${id} ${path} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}.`];
      }),
    ),
    ...relations.flatMap(({ says, holds }) => (holds(manifests) ? [] : [`${says}: it does not hold.`])),
  ];
}

export function joinFields(under: string, field: string): string {
  return under === '' ? field : `${under}.${field}`;
}
