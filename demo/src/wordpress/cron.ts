import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

/** Ticks `wp-cron.php`, as a system cron does for a site without visitors. Returns the way to stop. */
export function tickCron(url: string): () => void {
  let under = false;
  const timer = setInterval(async () => {
    // Under Playground a tick can take longer than the period; ticks must not pile up.
    if (under) return;
    under = true;
    await call(`${url}/wp-cron.php?doing_wp_cron`, { timeoutMs: limits.cronTimeoutMs });
    under = false;
  }, limits.cronPeriodMs);
  return () => clearInterval(timer);
}
