// Plain node:http. Run it with PORT, POD_IP, FLAGS_FILE and the pod's EVERYPOD_… variables.
import { createServer } from 'node:http';
import { createPod, toNodeHandlers } from 'everypod';
import { held } from './flags.mjs';

const pod = toNodeHandlers(createPod());

createServer((request, response) => {
  const [path] = (request.url ?? '').split('?');
  if (path === '/siteapi/revalidate') return pod.revalidate(request, response);
  if (path === '/siteapi/ready') return pod.ready(request, response);
  if (path === '/flags') return response.end(JSON.stringify(held()));
  return response.writeHead(404).end();
}).listen(Number(process.env.PORT), process.env.POD_IP);
