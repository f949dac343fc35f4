import type { Prepared } from '../wordpress/install.ts';

/** What the demo tells the person at the terminal. */
export const screen = {
  say: (line: string) => process.stdout.write(`${line}\n`),
  event: (line: string) => process.stdout.write(`${new Date().toTimeString().slice(0, 8)}  ${line}\n`),
  trouble: (line: string) => process.stderr.write(`${line}\n`),
};

export type Overview = {
  wordpress: { url: string; signInUrl: string; user: string; password: string };
  wall: string;
  balancer: string;
  bridge: string;
  dns: string;
  service: string;
  pods: { name: string; url: string }[];
  logs: string;
};

/** Addresses, and what to do first. */
export function overview(all: Overview): string {
  const width = Math.max(...all.pods.map(({ name }) => name.length), 'WordPress'.length);
  const row = (name: string, text: string) => `  ${name.padEnd(width)}  ${text}`;
  return [
    '',
    'Everypod runs.',
    '',
    row('WordPress', `${all.wordpress.url}/wp-admin/   (${all.wordpress.user} / ${all.wordpress.password})`),
    row('The wall', all.wall),
    row('The blog', `${all.balancer}   through the balancer, from one pod after the other`),
    ...all.pods.map(({ name, url }) => row(name, url)),
    row('Bridge', all.bridge),
    row('DNS', `${all.dns}   answers ${all.service}`),
    row('Logs', all.logs),
    '',
    'What to do first:',
    '  1. Open the wall and leave it in sight:',
    `       ${all.wall}`,
    '  2. Sign in to WordPress in another window; this link does it:',
    `       ${all.wordpress.signInUrl}`,
    '  3. Edit a post, press Save, and watch the panel in the editor and the pods on the wall.',
    '  4. Switch Everypod off on the wall, save again, and see the pods disagree.',
    '',
    'Ctrl-C ends all of it. What happens from here on, one line for each event:',
    '',
  ].join('\n');
}

export function addedSentence({ users, terms, posts }: Prepared['added']): string | null {
  if (users + terms + posts === 0) return null;
  return `Filled WordPress with ${posts} posts and pages, ${terms} categories and ${users} authors.`;
}
