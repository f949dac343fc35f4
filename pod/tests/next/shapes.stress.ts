import { networkInterfaces } from 'node:os';
import { afterAll, describe } from 'vitest';
import { describeSecondApi } from './surroundings/second-api-suite.ts';
import { shapesInMarkdown } from './surroundings/shapes-print.ts';
import { describeShapes, type Found } from './surroundings/shapes-suite.ts';

const found: Found[] = [];

/** As a pod has one: Next.js takes all of 127.0.0.0/8 for `localhost`, and a rewrite of middleware leads there. */
const own = Object.values(networkInterfaces())
  .flat()
  .flatMap((at) => (at?.family === 'IPv4' && !at.internal ? at.address : []))
  .slice(0, 1);

/** `npm run test:stress -- shapes`: it prints the table of docs/shapes.md. */
describe.each([15, 16] as const)('Next.js %s', (next) => {
  describe.each(['0.0.0.0', ...own])('that listens on %s: shapes of pages', (listensOn) => {
    describeShapes(next, listensOn, (one) => found.push(one));
  });
  describe('beside a second API', () => describeSecondApi(next));
});

afterAll(() => console.log(shapesInMarkdown(found)));
