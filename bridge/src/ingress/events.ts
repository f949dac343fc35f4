import { type Report, speaksSecond } from '@everypod/contract';
import { formerReport } from '../report/former-report.ts';
import type { Reports } from '../report/reports.ts';
import type { Intake } from './intake.ts';
import { waitSeconds } from './prefer.ts';
import { problemAnswer } from './problem-answer.ts';
import type { AnswerMessage } from './trust.ts';

type Options = { intake: Intake; reports: Reports; stopping: () => boolean };

type Routes = { post: AnswerMessage; get: AnswerMessage };

/** `POST /v1/events` and `GET /v1/events/{id}`. */
export function createEventRoutes({ intake, reports, stopping }: Options): Routes {
  return {
    async post({ id, body }, c) {
      if (stopping()) return problemAnswer('stopping', 'Send it again in a moment.', { 'retry-after': '1' });
      const taken = await intake.take(id, body);
      if (taken.kind === 'malformed') return problemAnswer('bad-request', taken.reason);
      if (taken.kind === 'id-reused') {
        return problemAnswer(
          'id-reused',
          'Another body was accepted under this webhook-id. Give a new event a new id.',
        );
      }
      if (taken.kind === 'unavailable') {
        return problemAnswer('journal-unavailable', taken.reason, { 'retry-after': '5' });
      }
      const seconds = waitSeconds(c.req.raw.headers.get('prefer'));
      const report = await reports.wait(taken.event, seconds * 1_000);
      return jsonAnswer(inWordsOf(c.req.raw.headers, report), report.final ? 200 : 202);
    },

    async get(_message, c) {
      const report = await reports.find(c.req.param('id') ?? '');
      if (!report) {
        return problemAnswer(
          'unknown-event',
          'It never reached this bridge, or so long ago that it was forgotten.',
        );
      }
      return jsonAnswer(inWordsOf(c.req.raw.headers, report), 200);
    },
  };
}

/** New fields go to nobody who has not said that it takes them. */
function inWordsOf(headers: Headers, report: Report): Report {
  return speaksSecond(headers) ? report : formerReport(report);
}

function jsonAnswer(report: Report, status: number): Response {
  return Response.json(report, { status, headers: { 'cache-control': 'no-store' } });
}
