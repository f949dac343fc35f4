type Issues = { issues: readonly { path: readonly PropertyKey[]; message: string }[] };

/** What is wrong with a signed message, and where in it. */
export function faultOf(what: string, { issues: [issue] }: Issues): string {
  return `${issue?.path.join('.') || `The ${what}`}: ${issue?.message}.`;
}
