import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newSecret } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { changeField, readField } from '../../../checks/src/manifests/field.ts';
import { judgeManifests, singleBridge } from '../../../checks/src/manifests/judge.ts';
import { findManifest, parseManifests } from '../../../checks/src/manifests/manifest.ts';
import { startDnsServer } from '../../../fan-out/tests/dns-server.ts';
import { afterThisTest, shared, startCluster } from '../surroundings/pods.ts';
import { baseOf, blocksUnder, page, patchOf, tableOf, yamlOf } from '../surroundings/write-up.ts';

const [first, second] = ['127.0.0.2', '127.0.0.3'];
const diagnosis = 'When something is wrong';
/** The page's pods live where this machine's can. */
const here = (text: string) => text.replaceAll('10.244.1.5', first).replaceAll('10.244.2.8', second);

async function startTwo(environment: Record<string, string> = {}) {
  const cluster = await startCluster(environment);
  const [primary, other] = [await cluster.addPod(first), await cluster.addPod(second)];
  cluster.list(first, second);
  return { ...cluster, primary, other };
}

describe('B9 the page “From the write-up to Everypod”: what the route answers', () => {
  const rows = tableOf('call').map(([call = '', answer = '']) => ({
    call: call.replaceAll('`', ''),
    answer,
  }));

  it('has a row for every way to ask, and for every one that is refused', () => {
    expect(rows.length).toBeGreaterThanOrEqual(16);
  });

  it.each(rows)('$call is $answer', async ({ call, answer }) => {
    const { primary, other, port } = await startTwo();
    const [, method = 'GET', query = ''] = /^(?:(HEAD) )?(\?.*)$/.exec(call) ?? [];
    const url = `http://${first}:${port}/siteapi/revalidate${query.replace('secret=…', `secret=${shared}`)}`;
    const { status } = await fetch(url, { method });
    expect(status).toBe(Number.parseInt(answer, 10));
    expect(primary.told.length > 0).toBe(status === 200);
    expect(other.got.length > 0).toBe(status === 200 && !answer.includes('nobody else'));
  });

  it('with two pods is the JSON that stands there', async () => {
    const { primary } = await startTwo();
    const [, json = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
    const [, query = ''] = /revalidate(\?\S*)"/.exec(page) ?? [];
    const { body } = await primary.call(query.replace('$REVALIDATE_SECRET', shared));
    expect(body).toMatchObject(JSON.parse(here(json)));
  });
});

describe('B9 the page’s log lines', () => {
  it('are those of two pods, word for word, and found by the grep that it names', async () => {
    const { primary, other } = await startTwo();
    await primary.call(`?secret=${shared}&slug=my-post`);
    const [, pattern = ''] = /grep '([^']+)'/.exec(page) ?? [];
    const input = [...primary.log, 'some other line', ...other.log].join('\n');
    const found = execFileSync('grep', [pattern], { input, encoding: 'utf8' });
    expect(found).toBe(here(blocksUnder(diagnosis).at(-1) ?? ''));
  });

  const bad = tableOf('bad', page.slice(page.indexOf('**4.')));
  const lineOf = (end: string) => {
    const row = bad.find(([cell]) => cell?.endsWith(`${end}\``));
    if (row === undefined) throw new Error(`The page has no row for ${end}.`);
    return here(row[0]?.replaceAll('`', '') ?? '');
  };
  type Cluster = Awaited<ReturnType<typeof startTwo>>;
  const answering = (status: number) => async (cluster: Cluster) => {
    const third = '127.0.0.4';
    await cluster.listen(third, (_, response) => response.writeHead(status, { location: '/' }).end());
    cluster.list(first, third);
    return third;
  };
  const causes: [string, (cluster: Cluster) => string | Promise<string>][] = [
    [
      '→ 401',
      ({ other }) => {
        Object.assign(other.settings, { EVERYPOD_POD_SECRET: newSecret(), REVALIDATE_SECRET: 'another' });
        return second;
      },
    ],
    ['→ 404', answering(404)],
    ['→ 308', answering(308)],
    [
      '→ unreachable',
      ({ list }) => {
        list(first, '127.0.0.4');
        return '127.0.0.4';
      },
    ],
    [
      'to []',
      ({ list }) => {
        list(first);
        return first;
      },
    ],
  ];
  it.each(causes)('with %s come from what it names', async (end, cause) => {
    const cluster = await startTwo();
    const whom = await cause(cluster);
    await cluster.primary.call(`?secret=${shared}&slug=my-post`);
    expect(cluster.primary.log).toContain(`[revalidate] ${lineOf(end).replace(second, whom)}`);
  });

  it('miss the fan-out where the pod does not know of the others, which the answer says', async () => {
    const { primary } = await startTwo({ EVERYPOD_PODS: '' });
    const { body } = await primary.call(`?secret=${shared}&slug=my-post`);
    expect(primary.log).toEqual([`[revalidate] primary pod=${first} slug=my-post`]);
    expect(body.reason).toContain('EVERYPOD_PODS');
  });

  it('miss all where the secret is wrong, which has a line of its own', async () => {
    const { primary } = await startTwo();
    await primary.call('?secret=wrong&slug=my-post');
    expect(primary.log).toEqual([expect.not.stringContaining('[revalidate]')]);
  });
});

describe('B9 the page’s command for an image that has neither getent nor nslookup', () => {
  const preload = new URL('../next/surroundings/dns-of-the-test.mjs', import.meta.url).href;
  const [, program = '', name = ''] = /-- node -e '(.*)' (\S+)$/m.exec(page) ?? [];
  async function answered(ips: readonly string[]): Promise<string> {
    const dns = await startDnsServer();
    afterThisTest(() => dns.close());
    dns.set(name, ips);
    const env = { ...process.env, TEST_DNS: dns.address };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', preload, '-e', program, name],
      { env },
    );
    return stdout;
  }

  it('prints the addresses that stand there', async () => {
    expect(await answered(['10.244.2.8', '10.244.1.5'])).toBe(blocksUnder(diagnosis)[2]);
  });
  it('prints ENOTFOUND where there is no such name', async () => {
    expect(await answered([])).toBe('ENOTFOUND\n');
  });
});

describe('B9 what the page has WordPress set', () => {
  const defined = [...page.matchAll(/define\( '(\w+)', '([^']*)' \);/g)].map(([, name = '', value = '']) => ({
    name,
    value,
  }));
  const settings = ['Settings', 'Destination'].map((file) =>
    readFileSync(new URL(`../../../wp-plugin/includes/Settings/${file}.php`, import.meta.url), 'utf8'),
  );

  it('is more than one thing', () => expect(defined.length).toBeGreaterThan(3));
  it.each(defined)('is a constant of the plugin: $name', ({ name, value }) => {
    expect(settings.join('')).toContain(`'${name}'`);
    if (name === 'EVERYPOD_DESTINATION') expect(settings.join('')).toContain(`= '${value}';`);
  });
});

describe('B9 the page’s manifests', () => {
  const container = (field: string) => `spec.template.spec.containers.[nextjs].${field}`;

  it.each(['step-2.yaml', 'step-3.yaml'])('%s has what the base of k8s/ has', (name) => {
    const [patch, base] = [patchOf(name), baseOf('nextjs')];
    for (const { name: variable, ...from } of patch.spec.template.spec.containers[0].env) {
      expect(readField(base, container(`env.[${variable}]`)), variable).toMatchObject(from);
    }
    expect(base.spec.template.spec.volumes).toEqual(
      expect.arrayContaining(patch.spec.template.spec.volumes.map((one) => expect.objectContaining(one))),
    );
    for (const probe of ['startupProbe', 'readinessProbe']) {
      const own = readField(patch, container(probe));
      if (name === 'step-2.yaml') expect(own).toBeUndefined();
      else {
        const wanted = {
          ...(readField(base, container(probe)) as object),
          httpGet: { path: '/siteapi/ready', port: 3000 },
        };
        expect(own).toEqual(wanted);
      }
    }
  });

  it('the addresses of pods and bridge are those that the base names', () => {
    const url = 'http://nextjs-headless.myapp.svc.cluster.local:3000/siteapi/revalidate';
    const podsOf = (deployment: ReturnType<typeof patchOf>) =>
      deployment.spec.template.spec.containers[0].env.find(({ name }) => name === 'EVERYPOD_PODS')?.value;
    expect(podsOf(baseOf('bridge'))).toBe(url);
    expect(podsOf(patchOf('step-1.yaml'))).toBe(url);
    expect(podsOf(patchOf('step-1-bridge.yaml'))).toBe(`plain+${url}`);
  });

  const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
  describe.skipIf(!hasKubectl)('as kubectl lays them over the base', () => {
    /** Writes blocks of the page into an overlay beside the base, and renders it. */
    function render(files: readonly string[], kustomization?: string) {
      const folder = mkdtempSync(join(tmpdir(), 'everypod-overlay-'));
      afterThisTest(() => rmSync(folder, { recursive: true }));
      const overlay = join(folder, 'overlays/over-your-route');
      cpSync(fileURLToPath(new URL('../../../k8s/base', import.meta.url)), join(folder, 'base'), {
        recursive: true,
      });
      mkdirSync(overlay, { recursive: true });
      for (const name of files) writeFileSync(join(overlay, name), yamlOf(name));
      writeFileSync(
        join(overlay, 'kustomization.yaml'),
        kustomization ??
          `resources: [../../base]\npatches: [${files.map((path) => `{ path: ${path} }`).join(', ')}]\n`,
      );
      return parseManifests(execFileSync('kubectl', ['kustomize', overlay], { encoding: 'utf8' }));
    }

    const judged = (files: readonly string[]) => {
      const rendered = render(files);
      const nextjs = findManifest(rendered, 'Deployment/nextjs');
      // By number instead of by name, since a Deployment of one's own may have another name for it.
      if (files.includes('step-3.yaml'))
        for (const probe of ['startupProbe', 'readinessProbe'])
          changeField(nextjs, container(`${probe}.httpGet.port`), 'http');
      return { nextjs, broken: judgeManifests(rendered, singleBridge) };
    };

    it('steps 2 and 3 keep every rule', () => {
      expect(judged(['step-2.yaml', 'step-3.yaml']).broken).toEqual([]);
    });

    it('step 1 has the write-up’s variable, and breaks no rule but the one against secrets in variables', () => {
      const { nextjs, broken } = judged(['step-1.yaml', 'step-2.yaml', 'step-3.yaml']);
      expect(broken).toEqual([expect.stringContaining('none is handed over as an environment variable')]);
      const from = readField(nextjs, container('env.[REVALIDATE_SECRET].valueFrom.secretKeyRef'));
      expect(from).toEqual({ name: 'nextjs-secrets', key: 'revalidate-secret' });
    });

    it('the bridge over your own routes has their Secret, that key alone, and no Next.js app beside it', () => {
      const rendered = render(['step-1-bridge.yaml'], yamlOf('kustomization.yaml'));
      expect(findManifest(rendered, 'Deployment/nextjs')).toBeUndefined();
      expect(new Set(rendered.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['myapp']));
      const bridge = findManifest(rendered, 'Deployment/everypod-bridge');
      const at = (path: string) => readField(bridge, `spec.template.spec.${path}`);
      expect(at('containers.[bridge].image')).toBe('images.example.org/everypod-bridge:0.1.0');
      expect(at('containers.[bridge].env.[EVERYPOD_PODS].value')).toMatch(/^plain\+http:/);
      expect(at('containers.[bridge].env.[EVERYPOD_POD_SECRET_FILE].value')).toBe(
        '/etc/everypod/pods/secret',
      );
      expect(at('volumes.[plain-secret].secret.items')).toEqual([
        { key: 'revalidate-secret', path: 'revalidate-secret' },
      ]);
    });
  });

  it('the routes are those that these tests build real apps with', () => {
    const app = (path: string) =>
      readFileSync(fileURLToPath(new URL(`../apps/${path}`, import.meta.url)), 'utf8').trim();
    const shown = page.replace(/\/\/ app\/\S+\n/g, '');
    expect(shown).toContain(app('use-cache/app/siteapi/revalidate/route.ts'));
    expect(shown).toContain(app('site/app/siteapi/ready/route.ts'));
  });
});
