import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
const kustomizationSchema = z.looseObject({ resources: z.array(z.string()) });

export type Manifest = z.infer<typeof manifestSchema>;

/** Every manifest that a kustomization lists, in its order, as it stands in the files. */
export function readKustomization(folder: string): Manifest[] {
  const { resources } = kustomizationSchema.parse(
    parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')),
  );
  return resources.flatMap((resource) => {
    const path = join(folder, resource);
    return statSync(path).isDirectory()
      ? readKustomization(path)
      : parseManifests(readFileSync(path, 'utf8'));
  });
}

export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw new Error(String(document.errors[0]));
    return manifestSchema.parse(document.toJS());
  });
}

/** Finds `Deployment/nextjs`. */
export function findManifest(manifests: Manifest[], id: string): Manifest | undefined {
  return manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === id);
}
