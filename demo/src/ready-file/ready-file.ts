import { rename, writeFile } from 'node:fs/promises';

/** What scripts need to know of a running demo. */
export type ReadyFile = {
  wordpress: { url: string; user: string; password: string };
  bridge: { url: string; secret: string; podSecret: string };
  pods: { name: string; ip: string; url: string }[];
  /** `127.0.0.1:8884`, over UDP and TCP. */
  dns: string;
  wall: string;
  balancer: string;
};

/** Written beside and moved there, so that whoever waits for the file never reads half of it. */
export async function writeReadyFile(file: string, content: ReadyFile): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
