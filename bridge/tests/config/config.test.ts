import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { InvalidConfig, readConfig } from '../../src/config/config.ts';
import { temporaryFolder } from '../harness.ts';

const good = {
  EVERYPOD_PODS: 'http://nextjs-headless.myapp.svc.cluster.local:3000/siteapi/revalidate',
  EVERYPOD_SECRET: newSecret(),
  EVERYPOD_POD_SECRET: newSecret(),
  EVERYPOD_JOURNAL: 'sqlite:/data/journal.db',
};

function messageOf(environment: Record<string, string | undefined>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.message;
    throw error;
  }
  throw new Error('This environment was accepted.');
}

describe('the environment', () => {
  it('needs four values, and has defaults for the rest', () => {
    const config = readConfig(good);
    expect(config.listen).toEqual({ host: '::', port: 8080 });
    expect(config.dnsServers).toEqual([]);
    expect(config.logLevel).toBe('info');
    expect(config.wordpress).toEqual([]);
    expect(config.ranges.sort(['10.0.0.1', '127.0.0.1'])).toEqual({
      allowed: ['10.0.0.1'],
      forbidden: ['127.0.0.1'],
    });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ ...good, EVERYPOD_LISTEN: '', EVERYPOD_DNS: ' ' }).listen.port).toBe(8080);
    expect(messageOf({ ...good, EVERYPOD_JOURNAL: '' })).toContain('EVERYPOD_JOURNAL: is not set');
  });

  it('takes several pods, ranges, DNS servers and secrets', () => {
    const config = readConfig({
      ...good,
      EVERYPOD_PODS: 'http://a.b.svc:3000/x, http://[fd00::1]:3000/x',
      EVERYPOD_POD_CIDRS: '127.0.0.0/8,fd00::/8',
      EVERYPOD_DNS: '127.0.0.1:5533,[::1]:53,10.96.0.10',
      EVERYPOD_SECRET: `${newSecret()}\n${newSecret()}`,
      EVERYPOD_LISTEN: '[::]:9000',
    });
    expect(config.services.map(({ hostname, fixed }) => [hostname, fixed])).toEqual([
      ['a.b.svc', false],
      ['fd00::1', true],
    ]);
    expect(config.dnsServers).toHaveLength(3);
    expect(config.secret).toMatchObject({ kind: 'value', secrets: { length: 2 } });
    expect(config.listen).toEqual({ host: '::', port: 9000 });
  });

  it('may name WordPress sites, also those in a folder', () => {
    const { wordpress } = readConfig({
      ...good,
      EVERYPOD_WORDPRESS: 'https://cms.example.com, http://10.0.0.5:8081/blog',
    });
    expect(wordpress).toMatchObject([
      { host: 'cms.example.com', port: 443, serverName: 'cms.example.com', home: '/' },
      { host: '10.0.0.5:8081', port: 8081, serverName: '', home: '/blog/' },
    ]);
  });

  it.each([
    ['not set', {}, null],
    ['every five seconds', { EVERYPOD_OUTBOX_SECONDS: '5' }, 5_000],
  ])('looks into outboxes as often as is said: %s', (_, given, everyMs) => {
    expect(readConfig({ ...good, ...given }).outboxEveryMs).toBe(everyMs);
  });

  it('is told which Services list pods that are not ready', () => {
    const EVERYPOD_PODS = 'http://a.b.svc:3000/x,http://c.d.svc:3000/x';
    const listing = (EVERYPOD_PUBLISH_NOT_READY: string) =>
      readConfig({ ...good, EVERYPOD_PODS, EVERYPOD_PUBLISH_NOT_READY }).services.map(
        ({ listsNotReady }) => listsNotReady,
      );
    expect(listing('')).toEqual([false, false]);
    expect(listing('all')).toEqual([true, true]);
    expect(listing('C.d.svc.')).toEqual([false, true]);
  });

  it('may name a file for each secret', () => {
    const path = join(temporaryFolder(), 'secret');
    writeFileSync(path, `${newSecret()}\n`);
    const { EVERYPOD_SECRET: _, ...others } = good;
    expect(readConfig({ ...others, EVERYPOD_SECRET_FILE: path }).secret).toEqual({ kind: 'file', path });
  });

  it.each([
    ['EVERYPOD_LISTEN', '8080', 'Write for instance 0.0.0.0:8080'],
    ['EVERYPOD_LISTEN', '0.0.0.0:70000', 'Write for instance'],
    ['EVERYPOD_PODS', undefined, 'is not set'],
    ['EVERYPOD_PODS', ',', 'names nothing'],
    ['EVERYPOD_PODS', 'nextjs-headless', 'is not a URL'],
    ['EVERYPOD_PODS', 'tcp://a.b:3000/', 'http:// or https://'],
    ['EVERYPOD_POD_CIDRS', '10.0.0.0', 'CIDR form'],
    ['EVERYPOD_DNS', 'kube-dns', 'is not the address of a DNS server'],
    ['EVERYPOD_DNS', '127.0.0.1:99999', 'is not the address of a DNS server'],
    ['EVERYPOD_DNS', '[::1]:0', 'is not the address of a DNS server'],
    ['EVERYPOD_DNS', '[127.0.0.1]:53', 'is not the address of a DNS server'],
    ['EVERYPOD_PUBLISH_NOT_READY', 'other-headless.myapp.svc', 'is not the host of a URL in EVERYPOD_PODS'],
    ['EVERYPOD_SECRET', undefined, "a file's path in EVERYPOD_SECRET_FILE"],
    ['EVERYPOD_SECRET', 'hunter2', 'A secret is whsec_'],
    ['EVERYPOD_SECRET', 'whsec_AAAA', 'at least 24 bytes'],
    ['EVERYPOD_POD_SECRET', undefined, 'EVERYPOD_POD_SECRET_FILE'],
    ['EVERYPOD_JOURNAL', undefined, 'Write sqlite:PATH'],
    ['EVERYPOD_JOURNAL', 'postgres://x', 'starts with sqlite:'],
    ['EVERYPOD_WORDPRESS', 'cms.example.com', 'is not the address of a site'],
    ['EVERYPOD_WORDPRESS', 'https://cms.example.com/?p=1', "Write the site's home"],
    ['EVERYPOD_OUTBOX_SECONDS', '0', 'Write a whole number from 1 to 3600'],
    ['EVERYPOD_OUTBOX_SECONDS', '3601', 'Write a whole number from 1 to 3600'],
    ['EVERYPOD_OUTBOX_SECONDS', '1.5', 'Write a whole number from 1 to 3600'],
    ['EVERYPOD_LOG_LEVEL', 'loud', '"loud" is none of fatal'],
  ])('%s=%s is refused, by name and with what to write', (name, value, advice) => {
    const message = messageOf({ ...good, [name]: value });
    expect(message).toContain(`  ${name}: `);
    expect(message).toContain(advice);
  });

  it('has every wrong value of a list named at once', () => {
    const message = messageOf({ ...good, EVERYPOD_PODS: 'http://a.b:3000/, nextjs, tcp://c.d:3000/' });
    expect(message).toContain('  EVERYPOD_PODS: "nextjs" is not a URL');
    expect(message).toMatch(/ {2}EVERYPOD_PODS: "tcp:/);
  });

  it('has every wrong value named at once', () => {
    const message = messageOf({ EVERYPOD_LISTEN: 'x', EVERYPOD_SECRET: 'hunter2' });
    for (const name of ['LISTEN', 'PODS', 'SECRET', 'POD_SECRET', 'JOURNAL']) {
      expect(message).toContain(`  EVERYPOD_${name}: `);
    }
  });

  it('never has a secret repeated in the message', () => {
    expect(messageOf({ ...good, EVERYPOD_SECRET: 'hunter2' })).not.toContain('hunter2');
  });

  it('has a file that cannot be read named, and one of two ways to give a secret refused', () => {
    const path = '/nonexistent/secret';
    expect(messageOf({ ...good, EVERYPOD_SECRET: '', EVERYPOD_SECRET_FILE: path })).toContain(path);
    expect(messageOf({ ...good, EVERYPOD_SECRET_FILE: path })).toContain('EVERYPOD_SECRET_FILE too');
  });
});

describe('the journal that bridges share', () => {
  const journalOf = (EVERYPOD_JOURNAL: string, more: Record<string, string> = {}) =>
    readConfig({ ...good, EVERYPOD_JOURNAL, ...more }).journal;

  it.each([
    ['redis://valkey', { host: 'valkey', port: 6379, tls: false, database: 0 }],
    ['valkey://valkey:7000/3', { host: 'valkey', port: 7000, tls: false, database: 3 }],
    ['rediss://valkey:6380', { host: 'valkey', port: 6380, tls: true }],
    ['valkeys://valkey', { tls: true }],
    ['redis://[::1]:6379', { host: '::1' }],
    ['redis://ada:p%40ss%2F%25@valkey', { username: 'ada', password: 'p@ss/%' }],
    ['redis://:pass@valkey', { username: undefined, password: 'pass' }],
  ])('is at %s', (url, server) => {
    expect(journalOf(url)).toMatchObject({ kind: 'valkey', vouched: false, server });
  });

  it('may stand in a file, as it holds a password', () => {
    const path = join(temporaryFolder(), 'url');
    writeFileSync(path, 'rediss://:pass@valkey\n');
    const { EVERYPOD_JOURNAL: _, ...others } = good;
    const config = readConfig({ ...others, EVERYPOD_JOURNAL_FILE: path });
    expect(config.journal).toMatchObject({ kind: 'valkey', server: { password: 'pass' } });
    expect(messageOf({ ...good, EVERYPOD_JOURNAL_FILE: path })).toContain('EVERYPOD_JOURNAL: is set, and');
    expect(messageOf({ ...others, EVERYPOD_JOURNAL_FILE: `${path}-none` })).toContain('cannot read');
  });

  it('is vouched for in words that say what is at risk, and in no others', () => {
    const EVERYPOD_JOURNAL_VOUCHED = 'if-it-loses-writes-pods-stay-stale';
    expect(journalOf('redis://valkey', { EVERYPOD_JOURNAL_VOUCHED })).toMatchObject({ vouched: true });
    expect(
      messageOf({ ...good, EVERYPOD_JOURNAL: 'redis://valkey', EVERYPOD_JOURNAL_VOUCHED: 'true' }),
    ).toContain('EVERYPOD_JOURNAL_VOUCHED=if-it-loses-writes-pods-stay-stale');
  });

  it.each([
    'redis:',
    'redis://',
    'redis://:hidden@valkey:99999',
    'redis://:hidden@valkey/name',
    'redis://:hidden@valkey/0?db=1',
    'redis://:hid%den@valkey',
    'mysql://:hidden@valkey',
  ])('is not at %s, and the message does not repeat it', (url) => {
    const message = messageOf({ ...good, EVERYPOD_JOURNAL: url });
    expect(message).toContain('EVERYPOD_JOURNAL: ');
    expect(message).not.toContain('hidden');
    expect(message).not.toContain('hid%den');
  });
});
