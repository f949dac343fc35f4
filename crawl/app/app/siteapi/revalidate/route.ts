export { revalidate as GET, revalidate as POST } from 'everypod/next';
