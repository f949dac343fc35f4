export const revalidate = 86_400;
export const dynamic = 'force-static';
export const dynamicParams = true;
export const generateStaticParams = () => [{ slug: 'a' }];

export const GET = () => new Response(`rendered:${performance.timeOrigin + performance.now()}`);
