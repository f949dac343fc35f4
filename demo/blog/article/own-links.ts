/** Links that editors make lead to WordPress; here they stay on this site. Pictures still come from there. */
export function withOwnLinks(html: string, home: string): string {
  return html.replaceAll(`href="${home}/`, 'href="/');
}
