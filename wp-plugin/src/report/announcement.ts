import type { Delivery } from '../rest/shapes.ts';
import { isDirect, noGuarantee } from './direct.ts';
import { isOld } from './keeps.ts';
import { summaryOf } from './summary.ts';

/** What is worth interrupting for: every pod has it, some give an old page, the end, or a problem that was not there before. */
function milestone(delivery: Delivery | null): string {
  if (!delivery) return '';
  if (delivery.final) return `${delivery.id} ${delivery.state} final`;
  if (delivery.problem) return `${delivery.id} ${delivery.problem.code}`;
  if (delivery.report?.pods.some(isOld)) return `${delivery.id} old`;
  return delivery.state === 'applied' ? `${delivery.id} applied` : '';
}

/** The sentence for a screen reader when a delivery got to a new milestone, else null. */
export function announcementOf(before: Delivery | null, now: Delivery): string | null {
  const reached = milestone(now);
  if (reached === '' || reached === milestone(before)) return null;
  const { text } = summaryOf(now);
  const said = isDirect(now) && now.report ? `${text} ${noGuarantee()}` : text;
  return now.problem ? `${said} ${now.problem.message}` : said;
}
