/** For the tests, which are TypeScript; the launchers themselves are not. */
export function readInstalled(options: { root: string }): Promise<{ packages: string[]; upToDate: boolean }>;
