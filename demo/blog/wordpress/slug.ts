/**
 * The slug of an address, decoded, or null for what WordPress never uses as one (`favicon.ico`,
 * `wp-login.php`), so that bots don't make every pod ask WordPress.
 */
export function slugFromAddress(segment: string): string | null {
  try {
    const slug = decodeURIComponent(segment);
    return slug === '' || slug.includes('.') ? null : slug;
  } catch {
    return null;
  }
}
