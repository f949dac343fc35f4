export const revalidate = 86_400;
export const generateStaticParams = () => [];

/** Nobody sees it: a rewrite stands before it. */
export default function Page() {
  return <p>hidden</p>;
}
