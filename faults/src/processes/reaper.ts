import { spawnSync } from 'node:child_process';
import { z } from 'zod';

const messageSchema = z.union([
  z.strictObject({ add: z.int() }),
  z.strictObject({ remove: z.int() }),
  z.strictObject({ mounted: z.string() }),
]);

/** Waits until its parent is gone, however it went, and then ends what the parent had started and not seen end. */
function waitForParent() {
  const pids = new Set<number>();
  const mounted: string[] = [];
  process.on('message', (message) => {
    const parsed = messageSchema.parse(message);
    if ('add' in parsed) pids.add(parsed.add);
    else if ('remove' in parsed) pids.delete(parsed.remove);
    else mounted.push(parsed.mounted);
  });
  process.on('disconnect', () => {
    for (const pid of pids) end(pid);
    for (const folder of mounted) spawnSync('umount', ['-l', folder]);
    process.exit(0);
  });
}

function end(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

if (import.meta.main) waitForParent();
