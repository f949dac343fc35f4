import type { KeyObject } from 'node:crypto';
import { builtin } from '../guard/builtin.ts';
import { readJson } from '../guard/manifests.ts';
import { withKeyTags } from '../keys/key.ts';
import { limits } from '../limits.ts';
import { type CdnHeader, cdnHeaders, isCdnHeader } from './header.ts';
import { anyEvent, bounded } from './names.ts';

/**
 * By what a CDN goes that purges by tag. Tags leave hashed, with a key that comes from the pods' secret: they are of objects whose ids
 * are nobody's business, and few enough to be tried one by one.
 */
export class CdnTags {
  #header: CdnHeader | null = null;
  #isRead = false;
  #secrets: readonly KeyObject[] = [];
  #keys: readonly KeyObject[] = [];
  readonly #hashes = new Map<string, string>();

  /** Null where the app has not opted in, and until its build was read. */
  get header(): CdnHeader | null {
    return this.#header;
  }

  /** What next.config said is in no bundle that a cache handler is part of, but in what the build has left. Read once. */
  readBuild(serverDistDir: string | undefined): void {
    if (this.#isRead || serverDistDir === undefined) return;
    this.#isRead = true;
    this.#header = headerOf(serverDistDir);
  }

  /** The newest first, as the pod's routes have read them. */
  hashBy(secrets: readonly KeyObject[]): void {
    if (secrets === this.#secrets) return;
    this.#secrets = secrets;
    this.#keys = secrets.map(keyOf);
    this.#hashes.clear();
  }

  /** What the header says of an answer that goes by these names. */
  said(names: ReadonlySet<string>): string {
    const [key] = this.#keys;
    const between = this.#header === null ? ',' : cdnHeaders[this.#header];
    if (key === undefined) return anyEvent;
    return [...new Set([...bounded(names)].map((name) => this.#hash(name, key)))].join(between);
  }

  /** All that has to be purged once what carries these tags is new: for each secret, since answers may be older than the newest. */
  purging(tags: Iterable<string>): string[] {
    const names = withKeyTags(tags);
    const hashed = this.#keys.flatMap((key, nth) =>
      names.map((name) => (nth === 0 ? this.#hash(name, key) : hashOf(name, key))),
    );
    return [...new Set([anyEvent, ...hashed])];
  }

  #hash(name: string, key: KeyObject): string {
    if (name === anyEvent) return name;
    const known = this.#hashes.get(name);
    if (known !== undefined) return known;
    if (this.#hashes.size >= limits.cdnHashesKept) this.#hashes.clear();
    const made = hashOf(name, key);
    this.#hashes.set(name, made);
    return made;
  }
}

/** For this alone, so that nothing that is shown to visitors says anything of a signature. */
const purpose = 'everypod cdn tags';

function keyOf(secret: KeyObject): KeyObject {
  const { createHmac, createSecretKey } = crypto();
  return createSecretKey(createHmac('sha256', secret).update(purpose).digest());
}

/** In small letters and digits, since to some CDNs a capital is the same. */
function hashOf(name: string, key: KeyObject): string {
  return crypto().createHmac('sha256', key).update(name).digest('hex').slice(0, limits.cdnTagCharacters);
}

/** Asked for where it is used: Next.js bundles this for the edge, too. */
function crypto(): typeof import('node:crypto') {
  return builtin('node:crypto') as typeof import('node:crypto');
}

function headerOf(serverDistDir: string): CdnHeader | null {
  const { config } = readJson(`${serverDistDir}/../required-server-files.json`) ?? {};
  const { env } = (config ?? {}) as { env?: Record<string, unknown> };
  try {
    const record = JSON.parse(String(env?.EVERYPOD_BUILD)) as { cdnTags?: unknown } | null;
    return isCdnHeader(record?.cdnTags) ? record.cdnTags : null;
  } catch {
    return null; // A build without `withEverypod` has left no record.
  }
}
