export default function Page() {
  return <p>house</p>;
}
