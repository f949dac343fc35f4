import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { parseManifests } from '../../../checks/src/manifests/manifest.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** docs/from-the-write-up.md, which tests try as it stands. */
export const page = read('docs/from-the-write-up.md');

/** The blocks of code under a heading, up to the next one. */
export function blocksUnder(heading: string): string[] {
  const [, section = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [own = ''] = section.split(/^#+ (?!from|app|next)/m);
  return [...own.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, text = '']) => text);
}

/** The rows of the table that begins with this cell, without its two lines of a head. */
export function tableOf(first: string, section = page): string[][] {
  const lines = section.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const containerSchema = z.looseObject({
  env: z.array(
    z.looseObject({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: z
        .object({
          fieldRef: z.object({ fieldPath: z.string() }).optional(),
          secretKeyRef: z.object({ name: z.string(), key: z.string() }).optional(),
        })
        .optional(),
    }),
  ),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
});
const deploymentSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.tuple([containerSchema]),
        volumes: z
          .array(
            z.looseObject({
              name: z.string(),
              secret: z
                .looseObject({
                  secretName: z.string(),
                  items: z.array(z.looseObject({ key: z.string(), path: z.string() })).optional(),
                })
                .optional(),
            }),
          )
          .default([]),
      }),
    }),
  }),
});
export type Deployment = z.infer<typeof deploymentSchema>;

/** A manifest of the page by the name in its first line. */
export function yamlOf(name: string): string {
  const [, text = ''] = page.split(`\`\`\`yaml\n# ${name}\n`);
  return text.slice(0, text.indexOf('```'));
}

export function patchOf(name: string): Deployment {
  return deploymentSchema.parse(parseManifests(yamlOf(name))[0]);
}

/** What the page's patches lie over. */
export function baseOf(part: 'bridge' | 'nextjs'): Deployment {
  return deploymentSchema.parse(parseManifests(read(`k8s/base/${part}/deployment.yaml`))[0]);
}

/** A cluster's part in what a container gets. */
export type Kubelet = {
  podIP: string;
  name: string;
  /** Keys and values of each Secret. */
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Stands for the container's file system. */
  folder: string;
};

/** Lays patches over each other, mounts their Secrets, and gives back the environment, as kubelet would. */
export function environmentOf(
  deployments: readonly Deployment[],
  { podIP, name, secrets, folder }: Kubelet,
): Record<string, string> {
  const fields: Record<string, string> = { 'status.podIP': podIP, 'metadata.name': name };
  const environment: Record<string, string> = {};
  const mounted: string[] = [];
  for (const { spec } of deployments) {
    const { containers, volumes } = spec.template.spec;
    const [{ env, volumeMounts }] = containers;
    for (const { name: variable, value, valueFrom } of env) {
      const { fieldRef, secretKeyRef } = valueFrom ?? {};
      const found =
        value ??
        (fieldRef && fields[fieldRef.fieldPath]) ??
        (secretKeyRef && secrets[secretKeyRef.name]?.[secretKeyRef.key]);
      if (found === undefined) throw new Error(`${variable} comes from nowhere.`);
      environment[variable] = found;
    }
    for (const { name: volume, mountPath } of volumeMounts) {
      mounted.push(mountPath);
      mkdirSync(join(folder, mountPath), { recursive: true });
      const secret = volumes.find((one) => one.name === volume)?.secret;
      if (secret === undefined) continue;
      const values = secrets[secret.secretName] ?? {};
      const items = secret.items ?? Object.keys(values).map((key) => ({ key, path: key }));
      for (const { key, path } of items) {
        const file = join(folder, mountPath, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, values[key] ?? '');
      }
    }
  }
  const placed = Object.entries(environment).map(([variable, value]): [string, string] => {
    const [, scheme = '', path = value] = /^(sqlite:)?(\/.*)$/.exec(value) ?? [];
    const isMounted = mounted.some((mount) => path.startsWith(`${mount}/`));
    return [variable, isMounted ? `${scheme}${join(folder, path)}` : value];
  });
  return Object.fromEntries(placed);
}
