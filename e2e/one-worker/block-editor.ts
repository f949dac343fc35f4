import type { WordPress } from './wordpress.ts';

/** The block editor's own requests, without its browser. */
export async function openEditor({ call, rest }: WordPress, postId: number) {
  const html = await call('open the editor', `/wp-admin/post.php?post=${postId}&action=edit`);
  const metaBoxes = /_wpMetaBoxUrl = "([^"]+)"/.exec(html)?.[1];
  const form = /<form class="metabox-base-form">([\s\S]*?)<\/form>/.exec(html)?.[1];
  if (metaBoxes === undefined || form === undefined) throw new Error('This is no page of the block editor.');
  const { pathname, search } = new URL(JSON.parse(`"${metaBoxes}"`));
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const [name, value] = ['name', 'value'].map(
      (key) => new RegExp(`\\b${key}=['"]([^'"]*)`).exec(input)?.[1],
    );
    if (name) fields.append(name, value ?? '');
  }
  return {
    /** As its button does where a plugin has a metabox of the old kind: the post, and all of it again behind that. */
    async save(title: string): Promise<void> {
      await rest(
        'save in the editor',
        `/wp/v2/posts/${postId}?_locale=user`,
        { id: postId, title },
        { 'x-http-method-override': 'PUT' },
      );
      await call('its metaboxes', `${pathname}${search}`, { body: fields });
    },
  };
}
