/** The tags that the everypod plugin sends for a change. A page carries one for each thing that it shows. */
export type Tag =
  | 'wp:front-page'
  | 'wp:posts-page'
  | `wp:archive:${string}`
  | `wp:post:${number}`
  | `wp:term:${number}`
  | `wp:author:${number}`;

export const postTag = (id: number): Tag => `wp:post:${id}`;
export const termTag = (id: number): Tag => `wp:term:${id}`;
export const authorTag = (id: number): Tag => `wp:author:${id}`;
