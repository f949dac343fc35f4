import { describe, expect, it } from 'vitest';
import { readArguments } from '../src/arguments/arguments.ts';

const nothing = {
  pods: 3,
  portBase: null,
  fresh: false,
  readyFile: null,
  state: null,
  wordpressCore: null,
  databaseHost: null,
  blog: null,
  runtime: null,
  next: null,
  wordpressWorkers: null,
};

describe('the arguments of npm start', () => {
  it.each([
    ['nothing', [], {}, nothing],
    ['a number of pods', ['--pods', '5'], {}, { ...nothing, pods: 5 }],
    ['a first port', ['--port-base=9100'], {}, { ...nothing, portBase: 9100 }],
    ['a fresh start', ['--fresh'], {}, { ...nothing, fresh: true }],
    ['a ready file', ['--ready-file', 'a b.json'], {}, { ...nothing, readyFile: 'a b.json' }],
    ['a state folder', ['--state', '/tmp/x'], {}, { ...nothing, state: '/tmp/x' }],
    ['a core', [], { WORDPRESS_CORE: '/wp' }, { ...nothing, wordpressCore: '/wp' }],
    ['a database', [], { WORDPRESS_DB_HOST: '127.0.0.1' }, { ...nothing, databaseHost: '127.0.0.1' }],
    ['a front end', [], { EVERYPOD_BLOG: '/blog' }, { ...nothing, blog: '/blog' }],
    ['a runtime', [], { WORDPRESS_RUNTIME: 'playground' }, { ...nothing, runtime: 'playground' }],
    ['one worker', [], { WORDPRESS_WORKERS: '1' }, { ...nothing, wordpressWorkers: 1 }],
    ['empty variables', [], { WORDPRESS_CORE: '', WORDPRESS_RUNTIME: '', WORDPRESS_WORKERS: '' }, nothing],
  ])('take %s', (_, args, environment, wish) => {
    expect(readArguments(args, environment)).toEqual({ wish });
  });

  it.each([
    ['no pods', ['--pods', '0'], {}, /--pods takes a number from 1 to 50/],
    ['too many pods', ['--pods', '51'], {}, /--pods takes a number from 1 to 50/],
    ['half a pod', ['--pods', '1.5'], {}, /--pods takes a whole number/],
    ['pods in words', ['--pods', 'three'], {}, /--pods takes a whole number/],
    ['a port that needs rights', ['--port-base', '80'], {}, /--port-base takes a number from 1024/],
    ['a port beyond the last', ['--port-base', '65536'], {}, /--port-base takes a number from 1024 to 65000/],
    ['a file without a name', ['--ready-file', ''], {}, /--ready-file takes the name of a file/],
    ['an unknown option', ['--prots', '1'], {}, /--prots/],
    ['a word too many', ['fresh'], {}, /fresh/],
    ['an unknown runtime', [], { WORDPRESS_RUNTIME: 'apache' }, /WORDPRESS_RUNTIME is native or playground/],
    ['no workers', [], { WORDPRESS_WORKERS: '0' }, /WORDPRESS_WORKERS takes a number from 1 to 64/],
    ['workers in words', [], { WORDPRESS_WORKERS: 'one' }, /WORDPRESS_WORKERS takes a whole number/],
  ])('refuse %s by its name', (_, args, environment, message) => {
    const read = readArguments(args, environment);
    expect('wrong' in read && read.wrong.join('\n')).toMatch(message);
  });

  it('tell everything that is wrong at once', () => {
    const read = readArguments(['--pods', '0', '--port-base', '1'], {});
    expect('wrong' in read && read.wrong).toHaveLength(2);
  });

  it('ask for help, whatever else they say', () => {
    expect(readArguments(['--help', '--pods', '0'], {})).toEqual({ help: true });
  });
});
