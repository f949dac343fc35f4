export { push, ready, revalidate } from './routes.ts';
export { withEverypod } from './with-everypod.ts';
