import { packPackage } from './build.ts';

/** Packs before any file of the suite runs: two that pack at once would write the same file under each other. */
export default function packOnce(): void {
  process.env.EVERYPOD_PACKED = packPackage();
}
