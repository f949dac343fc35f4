const escapes: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** HTML as React writes it, as plain text. */
export function textOf(html: string): string {
  const text = html.replace(/<[^>]*>/g, '');
  return text.replace(/&(#x27|[a-z]+);/g, (entity, name: string) => escapes[name] ?? entity).trim();
}
