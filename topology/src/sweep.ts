import { removeNamespacesOf } from './namespaces.ts';

// A program: takes the namespaces of its parent away, with all that runs in them, once the parent has ended.
process.once('disconnect', async () => {
  await removeNamespacesOf(Number(process.argv[2]));
});
