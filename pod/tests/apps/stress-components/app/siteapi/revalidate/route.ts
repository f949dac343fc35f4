export { push as GET, push as POST } from 'everypod/next';
