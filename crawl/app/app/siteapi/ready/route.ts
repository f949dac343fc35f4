export { ready as GET } from 'everypod/next';
