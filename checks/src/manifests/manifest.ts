import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
const kustomizationSchema = z.looseObject({
  resources: z.array(z.string()),
  patches: z.array(z.looseObject({ path: z.string(), target: z.unknown().optional() })).default([]),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Every manifest that a kustomization lists, in its order, as it stands in the files. */
export function readKustomization(folder: string): Manifest[] {
  const { resources } = readOrder(folder);
  return resources.flatMap((resource) => {
    const path = join(folder, resource);
    return statSync(path).isDirectory()
      ? readKustomization(path)
      : parseManifests(readFileSync(path, 'utf8'));
  });
}

/** What an overlay lays over its base: its own manifests, and its patches that name a manifest themselves. */
export function readOverlay(folder: string): Manifest[] {
  const { resources, patches } = readOrder(folder);
  const own = resources.filter((resource) => !statSync(join(folder, resource)).isDirectory());
  const named = patches.filter(({ target }) => target === undefined).map(({ path }) => path);
  return [...own, ...named].flatMap((path) => parseManifests(readFileSync(join(folder, path), 'utf8')));
}

function readOrder(folder: string) {
  return kustomizationSchema.parse(parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')));
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
