import { execFile } from 'node:child_process';
import { rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { WordPressRuntime } from './runtime.ts';

const router = join(dirname(fileURLToPath(import.meta.url)), 'site', 'router.php');
const needed = ['pdo_sqlite', 'mbstring', 'curl', 'openssl', 'xml', 'tokenizer', 'pcntl'];
const ask =
  'echo json_encode(["version" => PHP_VERSION, "id" => PHP_VERSION_ID, "extensions" => get_loaded_extensions()]);';
const answerSchema = z.object({ version: z.string(), id: z.int(), extensions: z.array(z.string()) });

/**
 * This machine's own PHP, faster than Playground.
 * @param workers how many requests it answers at once
 * @returns the runtime, or a sentence why this machine can't
 */
export async function nativeRuntime(workers: number): Promise<WordPressRuntime | { cannot: string }> {
  if (process.platform === 'win32') return { cannot: "PHP's own server has a single worker on Windows." };
  const answer = await promisify(execFile)('php', ['-r', ask]).catch(() => null);
  if (answer === null) return { cannot: 'there is no `php` here.' };
  const read = z.preprocess((text) => JSON.parse(String(text)), answerSchema).safeParse(answer.stdout);
  if (!read.success) return { cannot: '`php` does not answer as PHP does.' };
  const { version, id, extensions } = read.data;
  if (id < 80_100) return { cannot: `it is PHP ${version}; 8.1 or newer is needed.` };
  const loaded = new Set(extensions.map((name) => name.toLowerCase()));
  const missing = needed.filter((name) => !loaded.has(name));
  if (missing.length > 0) return { cannot: `PHP ${version} here lacks ${missing.join(', ')}.` };

  return {
    label: `native PHP ${version}`,
    renderSeconds: null,
    contentFolder: ({ content }) => content,
    serve: async ({ core, content, port }, processes) => {
      // PHP's server sends static files only from below its root.
      await rm(join(core, 'wp-content'), { recursive: true, force: true });
      await symlink(content, join(core, 'wp-content'));
      return processes.start({
        name: 'wordpress',
        command: 'php',
        args: [
          ...['-d', 'memory_limit=256M'],
          ...['-d', 'upload_max_filesize=32M'],
          ...['-d', 'post_max_size=32M'],
          ...['-S', `127.0.0.1:${port}`],
          ...['-t', core],
          router,
        ],
        // It takes no number below two, and has one process without any.
        environment: workers > 1 ? { PHP_CLI_SERVER_WORKERS: String(workers) } : {},
      });
    },
  };
}
