import { afterAll, describe } from 'vitest';
import { describeShapes, type Found } from './surroundings/shapes-suite.ts';

const found: Found[] = [];

/** `npm run test:stress -- shapes`: prints the table of docs/shapes.md. */
describe.each([15, 16] as const)('Next.js %s', (next) => {
  describe.each(['0.0.0.0', '127.0.0.9'])('listening on %s', (listensOn) => {
    describeShapes(next, listensOn, (one) => found.push(one));
  });
});

afterAll(() => {
  const rows = new Map<string, string[]>();
  for (const { shape, next, listensOn, told, reader } of found) {
    console.log(next, listensOn, shape.shape, shape.path, told, reader);
  }
  void rows;
});
