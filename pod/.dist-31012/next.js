import {
  builtAtSchema,
  createPod,
  external_exports
} from "./chunk-CCP5HJAI.js";

// src/next/build-record.ts
var schema = external_exports.strictObject({
  builtAt: builtAtSchema,
  basePath: external_exports.string(),
  distDir: external_exports.string().nullable()
});
var buildRecordName = "EVERYPOD_BUILD";
var unknown = { builtAt: null, basePath: "", distDir: null };
function readBuildRecord() {
  const text = process.env.EVERYPOD_BUILD;
  return text === void 0 ? unknown : schema.parse(JSON.parse(text));
}

// src/next/manifests.ts
import { readFileSync } from "node:fs";
import { join } from "node:path";
var manifestSchema = external_exports.record(external_exports.string(), external_exports.string());
var isPage = (route) => !/^\/(_app|_document|_error|404|500|api(\/.*)?)$/.test(route);
var known;
function readRoutes() {
  const { distDir } = readBuildRecord();
  if (known !== void 0 || distDir === null) return known ?? null;
  const app = readManifest(distDir, "app-path-routes-manifest.json");
  if (app === null) return null;
  known = {
    app,
    pages: Object.keys(readManifest(distDir, "server/pages-manifest.json") ?? {}).filter(isPage)
  };
  return known;
}
function readManifest(distDir, file) {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(process.cwd(), distDir, file), "utf8")));
  } catch {
    return null;
  }
}

// src/next/routes.ts
async function push(request) {
  return (await mount()).revalidate(request);
}
var revalidate = push;
async function ready(request) {
  return (await mount()).ready(request);
}
async function mount() {
  const { after, connection } = await import("next/server.js");
  const { revalidatePath, revalidateTag } = await import("next/cache.js");
  await connection();
  return createPod({
    invalidator: {
      path: revalidatePath,
      // Portable: 15 ignores the second argument, and in 16 no other form forgets the page at once.
      tag: (tag) => revalidateTag(tag, { expire: 0 })
    },
    background: after,
    build: readBuildRecord,
    routes: readRoutes
  });
}

// src/next/content-time.ts
import { readdirSync, statSync } from "node:fs";
import { join as join2 } from "node:path";
function contentTime(projectDir, distDir) {
  const first = process.env.EVERYPOD_CONTENT_TIME;
  if (first !== void 0) return first;
  const times = [Date.now(), ...fetchCacheTimes(join2(projectDir, distDir, "cache", "fetch-cache"))];
  const oldest = new Date(times.reduce((a, b) => Math.min(a, b))).toISOString();
  process.env.EVERYPOD_CONTENT_TIME = oldest;
  return oldest;
}
function fetchCacheTimes(folder) {
  try {
    return readdirSync(folder).map((entry) => Math.floor(statSync(join2(folder, entry)).mtimeMs));
  } catch {
    return [];
  }
}

// src/next/with-everypod.ts
var servingPhase = "phase-production-server";
var developmentPhase = "phase-development-server";
function withEverypod(nextConfig = {}, { projectDir = process.cwd() } = {}) {
  return async (phase, context) => {
    const config = typeof nextConfig === "function" ? await nextConfig(phase, context) : nextConfig;
    if (phase === servingPhase) return config;
    const { basePath = "", distDir = ".next" } = config;
    const record = {
      builtAt: contentTime(projectDir, distDir),
      basePath,
      distDir: phase === developmentPhase ? null : distDir
    };
    return { ...config, env: { ...config.env, [buildRecordName]: JSON.stringify(record) } };
  };
}
export {
  push,
  ready,
  revalidate,
  withEverypod
};
