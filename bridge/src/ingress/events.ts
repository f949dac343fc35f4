import { createHash } from 'node:crypto';
import { eventSchema, type Report } from '@everypod/contract';
import type { Context } from 'hono';
import type { Journal } from '../journal/journal.ts';
import type { Metrics } from '../metrics.ts';
import type { Reach } from '../push/reach.ts';
import type { Reports } from '../report/reports.ts';
import { waitSeconds } from './prefer.ts';
import { problemAnswer } from './problem-answer.ts';
import { readMessage } from './read-message.ts';
import type { CheckTrust } from './trust.ts';

type Options = {
  trust: CheckTrust;
  journal: Journal;
  reach: Reach;
  reports: Reports;
  metrics: Metrics;
  now: () => number;
  stopping: () => boolean;
};

/** `POST /v1/events` and `GET /v1/events/{id}`. */
export function createEventRoutes({ trust, journal, reach, reports, metrics, now, stopping }: Options) {
  return {
    async post(c: Context): Promise<Response> {
      if (stopping()) return problemAnswer('stopping', 'Send it again in a moment.', { 'retry-after': '1' });
      const checked = await trust.post(c.req.raw);
      if (!checked.trusted) return checked.answer;
      const read = readMessage(eventSchema, checked.body);
      if ('answer' in read) return read.answer;

      const { change, targets } = read.message.data;
      const bodyHash = createHash('sha256').update(checked.body).digest('hex');
      const appended = await journal.append({ id: checked.id, bodyHash, change, targets, acceptedAt: now() });
      metrics.appended(appended.kind);
      if (appended.kind === 'id-reused') {
        return problemAnswer(
          'id-reused',
          'Another body was accepted under this webhook-id. Give a new event a new id.',
        );
      }
      if (appended.kind === 'unavailable') {
        return problemAnswer('journal-unavailable', appended.reason, { 'retry-after': '5' });
      }
      if (appended.kind === 'accepted') reach.start(appended.event);
      const seconds = waitSeconds(c.req.raw.headers.get('prefer'));
      return reportAnswer(await reports.wait(appended.event, seconds * 1_000));
    },

    async get(c: Context): Promise<Response> {
      const checked = trust.get(c.req.raw);
      if (!checked.trusted) return checked.answer;
      const report = await reports.find(c.req.param('id') ?? '');
      if (!report) {
        return problemAnswer(
          'unknown-event',
          'It never reached this bridge, or so long ago that it was forgotten.',
        );
      }
      return jsonAnswer(report, 200);
    },
  };
}

function reportAnswer(report: Report): Response {
  return jsonAnswer(report, report.final ? 200 : 202);
}

function jsonAnswer(report: Report, status: number): Response {
  return Response.json(report, { status, headers: { 'cache-control': 'no-store' } });
}
