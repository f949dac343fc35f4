import { limits } from '../limits.ts';
import { Trouble } from '../trouble.ts';
import { nativeRuntime } from './native.ts';
import { playgroundRuntime } from './playground.ts';
import type { WordPressRuntime } from './runtime.ts';

/**
 * Native PHP where the machine has it, else Playground; or the one that was asked for.
 * @returns the runtime, and a sentence on why this one
 * @throws {Trouble} when native PHP was asked for, or a number of its workers, and it can't be used
 */
export async function chooseRuntime(
  wanted: 'native' | 'playground' | null,
  workers: number | null = null,
): Promise<{ runtime: WordPressRuntime; why: string }> {
  if (wanted === 'playground' && workers !== null) throw new Trouble(workersOf('Playground was asked for.'));
  if (wanted === 'playground') return { runtime: playgroundRuntime(), why: 'as WORDPRESS_RUNTIME asks' };
  const native = await nativeRuntime(workers ?? limits.wordpressWorkers);
  if (!('cannot' in native)) {
    return wanted === 'native'
      ? { runtime: native, why: 'as WORDPRESS_RUNTIME asks' }
      : {
          runtime: native,
          why: 'faster than Playground; WORDPRESS_RUNTIME=playground chooses that one',
        };
  }
  if (wanted === 'native') {
    throw new Trouble(
      `WORDPRESS_RUNTIME=native asks for this machine's PHP, but ${native.cannot} Leave it out, and Playground runs WordPress.`,
    );
  }
  if (workers !== null) throw new Trouble(workersOf(native.cannot));
  return { runtime: playgroundRuntime(), why: `this machine's PHP can't be used: ${native.cannot}` };
}

const workersOf = (why: string) =>
  `WORDPRESS_WORKERS is a number of native PHP's processes, but ${why} Leave it out.`;
