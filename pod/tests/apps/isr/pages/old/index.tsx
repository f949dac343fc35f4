export const getStaticProps = () => ({ props: { at: Date.now() }, revalidate: 86_400 });

export default function Old({ at }: { at: number }) {
  return <output>{`rendered:${at}`}</output>;
}
