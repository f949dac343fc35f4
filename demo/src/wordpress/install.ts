import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { limits } from '../limits.ts';
import { type Answer, call } from '../outbound.ts';
import { Trouble } from '../trouble.ts';

export const administrator = { user: 'admin', password: 'password' } as const;

const preparedSchema = z.object({
  /** What was added to the site now; all zero from the second start on. */
  added: z.object({ users: z.int(), terms: z.int(), posts: z.int() }),
  plugin: z.string(),
});
export type Prepared = z.infer<typeof preparedSchema>;

/** Waits until WordPress answers at all, with whatever. */
export async function untilAnswering(url: string): Promise<void> {
  const giveUpAt = Date.now() + limits.wordpressStartMs;
  while (Date.now() < giveUpAt) {
    const answer = await call(`${url}/wp-includes/images/blank.gif`, {
      timeoutMs: limits.wordpressLookTimeoutMs,
    });
    if ('status' in answer && answer.status === 200) return;
    await delay(limits.wordpressLookMs);
  }
  throw new Trouble(`WordPress did not answer at ${url} within ${limits.wordpressStartMs / 1_000} s.`);
}

/** Installs WordPress through its own form where it is not yet, then has the demo's plugin fill it. */
export async function installAndPrepare(options: { url: string; token: string }): Promise<Prepared> {
  const first = await prepare(options);
  if (first.status >= 300 && first.status < 400) {
    await install(options.url);
    return prepared(await prepare(options));
  }
  return prepared(first);
}

async function prepare({ url, token }: { url: string; token: string }): Promise<Answer> {
  const answer = await call(`${url}/?everypod-demo=prepare`, {
    method: 'POST',
    headers: { 'x-everypod-demo': token },
    timeoutMs: limits.wordpressInstallMs,
  });
  if ('unanswered' in answer) throw new Trouble(`WordPress could not be prepared. ${answer.unanswered}`);
  return answer;
}

function prepared(answer: Answer): Prepared {
  const text = answer.body.toString('utf8');
  if (answer.status !== 200) {
    throw new Trouble(
      `WordPress could not be prepared: it answered ${answer.status}.\n${text.slice(0, limits.shownAnswerCharacters)}`,
    );
  }
  return preparedSchema.parse(JSON.parse(text));
}

async function install(url: string): Promise<void> {
  const answer = await call(`${url}/wp-admin/install.php?step=2`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      weblog_title: 'The Tideline',
      user_name: administrator.user,
      admin_password: administrator.password,
      admin_password2: administrator.password,
      pw_weak: '1',
      admin_email: 'admin@example.org',
      blog_public: '0',
      language: '',
    }).toString(),
    timeoutMs: limits.wordpressInstallMs,
  });
  if ('unanswered' in answer) throw new Trouble(`WordPress could not be installed. ${answer.unanswered}`);
  if (answer.status !== 200)
    throw new Trouble(`WordPress could not be installed: it answered ${answer.status}.`);
}
