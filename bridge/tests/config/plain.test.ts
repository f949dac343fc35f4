import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { InvalidConfig, readConfig } from '../../src/config/config.ts';
import { temporaryFolder } from '../harness.ts';

const everypod = 'http://nextjs-headless.myapp.svc:3000/siteapi/revalidate';
const plain = `plain+${everypod}`;
const good = {
  EVERYPOD_SECRET: newSecret(),
  EVERYPOD_POD_SECRET: newSecret(),
  EVERYPOD_JOURNAL: 'sqlite:/data/journal.db',
};

function messageOf(environment: Record<string, string>): string {
  try {
    readConfig({ ...good, ...environment });
  } catch (error) {
    if (error instanceof InvalidConfig) return error.message;
    throw error;
  }
  throw new Error('This environment was accepted.');
}

describe('B9 the secret of plain pods', () => {
  it('is none where there is no plain service', () => {
    expect(readConfig({ ...good, EVERYPOD_PODS: everypod }).plainSecret).toBeNull();
  });

  it('has whatever form the pods have', () => {
    const config = readConfig({ ...good, EVERYPOD_PODS: plain, EVERYPOD_PLAIN_SECRET: ' not whsec_ \n' });
    expect(config.plainSecret).toEqual({ kind: 'value', secrets: ['not whsec_'] });
    const path = join(temporaryFolder(), 'revalidate-secret');
    writeFileSync(path, 'hushhush\n');
    const { plainSecret } = readConfig({ ...good, EVERYPOD_PODS: plain, EVERYPOD_PLAIN_SECRET_FILE: path });
    expect(plainSecret).toEqual({ kind: 'file', path });
  });

  it.each<[string, Record<string, string>, string]>([
    ['is needed for a plain service', { EVERYPOD_PODS: plain }, 'EVERYPOD_PLAIN_SECRET: is not set'],
    [
      'is needed for one beside others',
      { EVERYPOD_PODS: `${everypod},${plain}` },
      'EVERYPOD_PLAIN_SECRET: is not set',
    ],
    [
      'is for plain services only',
      { EVERYPOD_PODS: everypod, EVERYPOD_PLAIN_SECRET: 'hushhush' },
      'EVERYPOD_PLAIN_SECRET: is set, but no service',
    ],
    [
      'stands in one place',
      { EVERYPOD_PODS: plain, EVERYPOD_PLAIN_SECRET: 'hushhush', EVERYPOD_PLAIN_SECRET_FILE: '/x' },
      'EVERYPOD_PLAIN_SECRET_FILE too',
    ],
    [
      'has one line',
      { EVERYPOD_PODS: plain, EVERYPOD_PLAIN_SECRET: 'hushhush\nhushhush' },
      'has several lines',
    ],
    [
      'fits a URL',
      { EVERYPOD_PODS: plain, EVERYPOD_PLAIN_SECRET: 'hushhush'.repeat(100) },
      'too long for a URL',
    ],
    [
      'can be read',
      { EVERYPOD_PODS: plain, EVERYPOD_PLAIN_SECRET_FILE: '/nowhere/hush' },
      'cannot read. Is it mounted?',
    ],
    [
      'stands in no URL',
      { EVERYPOD_PODS: `${plain}?secret=hushhush`, EVERYPOD_PLAIN_SECRET: 'hushhush' },
      'must not contain secret',
    ],
  ])('%s', (_, environment, said) => {
    const message = messageOf(environment);
    expect(message).toContain(said);
    expect(message).not.toContain('hushhush');
  });

  it('is not repeated where its file is empty', () => {
    const path = join(temporaryFolder(), 'revalidate-secret');
    writeFileSync(path, ' \n');
    expect(messageOf({ EVERYPOD_PODS: plain, EVERYPOD_PLAIN_SECRET_FILE: path })).toContain('is empty');
  });
});
