import { runRepositoryChecks } from '../repository/run.ts';
import type { Suite } from '../suite.ts';
import { countExitWith } from '../tallies/by-exit-code.ts';
import { countFaultVerdicts } from '../tallies/faults.ts';
import { anyProgram, program } from './needs.ts';
import { codingStandards, composerPackages, php, phpstan, phpunit, screens } from './plugin.ts';
import { playwright, vitest } from './reported.ts';
import { build, lint, next, timed, types, unit } from './typescript.ts';

const repository: Suite = {
  name: 'repository',
  says: 'Names, limits, links and addresses in this repository keep to its rules',
  needs: [
    program('git', ['rev-parse', '--git-dir'], 'This is no git checkout, so its files cannot be listed'),
  ],
  steps: [{ check: runRepositoryChecks }],
};

const valkey: Suite = {
  name: 'valkey',
  says: 'Several bridges share a journal in a real Valkey or Redis, and each replica stands in for the other',
  needs: [
    anyProgram(
      ['valkey-server', 'redis-server'],
      ['--version'],
      'Neither valkey-server nor redis-server is installed, so the journal that bridges share was not tried',
    ),
  ],
  meanwhile: true,
  after: 'php',
  steps: [vitest('valkey', 'mostly')],
};

const manifests: Suite = {
  name: 'k8s',
  says: 'The Kubernetes manifests say what they must',
  steps: [vitest('k8s')],
};

const rendering: Suite = {
  name: 'k8s-render',
  says: 'kubectl renders base and overlay, and the rules still hold',
  needs: [
    program('kubectl', ['version', '--client'], 'kubectl is not installed; the files were read as they are'),
  ],
  steps: [vitest('k8s-render')],
};

const without = 'so no topology with a pod network of its own was tried';
const topology: Suite = {
  name: 'topology',
  says: 'WordPress without a route to any pod makes two real pods fresh, in network namespaces, each way there is',
  slow: true,
  meanwhile: true,
  after: 'redis',
  needs: [
    program('ip', ['-V'], `There is no iproute2 here, ${without}`),
    program(
      process.execPath,
      ['topology/src/allowed.ts'],
      `Network namespaces can't be made here (that needs root, and a container may forbid it), ${without}`,
    ),
    program('dnsmasq', ['--version'], `dnsmasq is not installed, ${without}`),
    program('nginx', ['-v'], `nginx is not installed, ${without}`),
    program(
      'php',
      ['-r', 'exit(array_diff(["pdo_sqlite", "curl", "mbstring", "dom"], get_loaded_extensions()) ? 1 : 0);'],
      `PHP, or its SQLite, cURL, mbstring or XML extension, is not installed, ${without}`,
    ),
  ],
  steps: [vitest('topology', 'wholly')],
};

const faults: Suite = {
  name: 'faults',
  says: 'Under seeded faults no accepted event is missing on any ready pod, and every report is honest',
  slow: true,
  steps: [
    {
      command: { program: process.execPath, args: ['faults/src/main.ts'] },
      count: countFaultVerdicts,
    },
  ],
};

const crawl: Suite = {
  name: 'crawl',
  says: 'After a dozen of the things that people do in WordPress no page of two pods is old, without a tag in the app',
  slow: true,
  // Faults wait more than they work.
  meanwhile: true,
  needs: [
    program(
      'php',
      [
        '-r',
        'exit(array_diff(["pdo_sqlite", "curl", "mbstring", "openssl", "xml", "tokenizer", "pcntl"], get_loaded_extensions()) ? 1 : 0);',
      ],
      'PHP, or an extension of it, is not installed, so nothing was done in a WordPress whose pages are all looked at',
    ),
  ],
  steps: [
    {
      command: { program: process.execPath, args: ['crawl/src/main.ts', '--short'], yields: 'wholly' },
      count: countExitWith(/^In \d+ actions \d+ pages changed; 0 were old/m),
    },
  ],
};

const redis: Suite = {
  name: 'redis',
  says: 'Pods that share a real Redis by a cache handler of their own invalidate each change once, and leave nothing old',
  slow: true,
  meanwhile: true,
  after: 'crawl',
  needs: [
    anyProgram(
      ['redis-server', 'valkey-server'],
      ['--version'],
      'Neither redis-server nor valkey-server is installed, so no cache that pods share was tried',
    ),
  ],
  steps: [vitest('redis', 'wholly')],
};

const browser: Suite = {
  name: 'e2e',
  says: 'In a real browser, against the system that npm start starts, every scenario goes as written',
  slow: true,
  beside: 'next',
  steps: [playwright()],
};

const speed: Suite = {
  name: 'speed',
  says: 'In the same browser and system, with nothing else under way, a save is soon on every pod, and its page soon seen there',
  slow: true,
  alone: true,
  steps: [playwright('e2e/speed/playwright.config.ts')],
};

/** Everything the gate runs, in order: what is quick and likely to fail comes first. */
export const suites: Suite[] = [
  repository,
  lint,
  screens,
  build,
  composerPackages,
  types,
  phpunit,
  unit,
  manifests,
  rendering,
  next,
  browser,
  timed,
  speed,
  php,
  crawl,
  redis,
  topology,
  valkey,
  phpstan,
  codingStandards,
  faults,
];
