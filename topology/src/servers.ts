import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Processes } from '../../demo/src/processes/processes.ts';
import type { Namespace } from './namespaces.ts';
import { plan, urls } from './plan.ts';

type Where = { folder: string; processes: Processes };

/** The headless Service's name has an A record for each pod. */
export async function startDns(namespace: Namespace, { folder, processes }: Where): Promise<void> {
  const hosts = join(folder, 'hosts');
  await writeFile(hosts, plan.pods.map(({ ip }) => `${ip} ${plan.headless}\n`).join(''));
  const [command, args] = namespace.command([
    'dnsmasq',
    ...['--keep-in-foreground', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--log-facility=-'],
    ...['--no-resolv', '--no-hosts', `--addn-hosts=${hosts}`, '--local=/cluster.local/'],
    ...['--bind-interfaces', `--listen-address=${plan.dns.inside}`],
  ]);
  processes.start({ name: 'dns', command, args });
}

/** The external load balancer: it knows the pods, and hands each call to the next of them. */
export function startLoadBalancer(namespace: Namespace, where: Where): Promise<void> {
  const pods = plan.pods.map(({ ip }) => `server ${ip}:${plan.ports.pod} max_fails=0;`);
  return startNginx(
    namespace,
    'load-balancer',
    where,
    `upstream pods { ${pods.join(' ')} }
     server {
       listen ${plan.loadBalancer.outside}:80;
       location / { proxy_pass http://pods; proxy_next_upstream off; proxy_set_header Host $host; }
     }`,
  );
}

/** How pods reach WordPress, which could not answer an address of theirs: from the node's own. */
export function startWayOut(namespace: Namespace, where: Where): Promise<void> {
  return startNginx(
    namespace,
    'way-out',
    where,
    `server {
       listen ${plan.cluster.inside}:${plan.ports.wayOut};
       location / { proxy_pass ${urls.wordpress}; proxy_set_header Host ${plan.wordpress.outside}; }
     }`,
  );
}

async function startNginx(
  namespace: Namespace,
  name: string,
  { folder, processes }: Where,
  servers: string,
): Promise<void> {
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${own};`,
  );
  const file = join(own, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; user root; worker_processes 1; pid ${own}/pid; error_log stderr;
     events { worker_connections 256; }
     http {
       access_log off; ${temporary.join(' ')}
       ${servers}
     }\n`,
  );
  const [command, args] = namespace.command(['nginx', '-e', 'stderr', '-p', own, '-c', file]);
  processes.start({ name, command, args });
}
