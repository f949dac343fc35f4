import type { APIResponse, BrowserContext } from '@playwright/test';

const staticFile =
  /\/wp-(?:includes|content)\/[^?]+\.(?:js|css|woff2|svg|png)\b|\/wp-admin\/(?:load-(?:scripts|styles)\.php|(?:js|css|images)\/)/;

interface Kept {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/**
 * Scripts and styles as a returning visitor's browser keeps them. Each scenario has a context of its own, whose
 * cache is empty, and Playground takes seconds to hand out the editor's hundred files.
 */
export function createStaticFiles() {
  const kept = new Map<string, Kept>();
  return {
    async serve(context: BrowserContext): Promise<void> {
      await context.route(staticFile, async (route) => {
        const url = route.request().url();
        const known = kept.get(url);
        if (known) return route.fulfill(known);
        const answer = await route.fetch();
        if (answer.ok()) kept.set(url, await keep(answer));
        return route.fulfill({ response: answer });
      });
    },
  };
}

async function keep(answer: APIResponse): Promise<Kept> {
  return { status: answer.status(), headers: answer.headers(), body: await answer.body() };
}
