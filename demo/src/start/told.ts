import { createPhaseLines } from '../events/phase-lines.ts';
import type { Kubelet } from '../kubelet/kubelet.ts';
import type { Pods } from '../pods/pods.ts';
import { writeReadyFile } from '../ready-file/ready-file.ts';
import { overview, screen } from '../screen/screen.ts';
import type { WordPress } from '../wordpress/wordpress.ts';
import type { Places } from './places.ts';
import type { Start } from './start.ts';

/** Tells the person and the script that started the demo where everything answers, and from then on the news. */
export async function tellThatAllRuns(
  start: Start,
  places: Places,
  { kubelet, wordpress, pods }: { kubelet: Kubelet; wordpress: WordPress; pods: Pods },
): Promise<void> {
  const { wish, state, changes, news } = start;
  const { addresses, wall, dns, service } = places;
  const { balancer, bridge } = addresses;
  const started = pods.views().map(({ name, ip, url }) => ({ name, ip, url }));
  const { url, user, password, signInUrl } = wordpress;
  screen.say(
    overview({
      wordpress: { url, user, password, signInUrl },
      wall,
      balancer,
      bridge,
      dns,
      service,
      pods: started,
      logs: state.logs,
    }),
  );
  const phaseLines = createPhaseLines();
  phaseLines(pods.views());
  kubelet.onChange(changes.announce);
  changes.onChange(() => phaseLines(pods.views()).forEach(news.tell));
  news.begin();
  if (wish.readyFile) {
    await writeReadyFile(wish.readyFile, {
      wordpress: { url, user, password },
      bridge: { url: bridge, ...state.secrets },
      pods: started,
      dns,
      wall,
      balancer,
    });
  }
}
