export function Shown({ content }: { content: string }) {
  return <output>{`rendered:${content}`}</output>;
}
