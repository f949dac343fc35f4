import { Notice } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Answer } from '../rest/api.ts';
import type { Deliveries, PodsAnswer, Settings } from '../rest/shapes.ts';
import { keepingPods } from './keeping-pods.ts';
import { keylessPods } from './keyless-pods.ts';
import { silentPods } from './silent-pods.ts';

type Trouble = { message: string; advice: string };

type TopNoticesProps = {
  settings: Answer<Settings> | null;
  pods: Answer<PodsAnswer> | null;
  deliveries: Answer<Deliveries> | null;
};

/** Names no field that a constant has filled. */
function missingSettings({ bridgeUrl, secret }: Settings): Trouble | null {
  if (bridgeUrl.value !== '' && secret.set) return null;
  const message = __('Everypod is not set up, so no pod hears of changes made here.', 'everypod');
  if (bridgeUrl.value !== '') {
    return { message, advice: __('Enter the secret below, save, then test the connection.', 'everypod') };
  }
  if (secret.set) {
    return { message, advice: __('Enter the address below, save, then test the connection.', 'everypod') };
  }
  return {
    message,
    advice: __('Enter the address and the secret below, save, then test the connection.', 'everypod'),
  };
}

function stuck({ problem, dead }: Deliveries): Trouble | null {
  if (problem) return problem;
  if (dead === 0) return null;
  return {
    message: sprintf(
      /* translators: %d: number of deliveries. */
      _n('%d delivery was given up.', '%d deliveries were given up.', dead, 'everypod'),
      dead,
    ),
    advice: __('Open its report to see why, then choose Retry.', 'everypod'),
  };
}

function failed(answer: Answer<unknown> | null): Trouble | null {
  if (!answer || answer.ok) return null;
  return { message: answer.failure.message, advice: '' };
}

/** What needs a person, worst first, each said once. */
function troublesOf({ settings, pods, deliveries }: TopNoticesProps): Trouble[] {
  const unconfigured = settings?.ok ? missingSettings(settings.value) : failed(settings);
  const bridge = pods?.ok ? pods.value.problem : failed(pods);
  const silent = pods?.ok ? silentPods(pods.value) : null;
  const keeping = pods?.ok ? keepingPods(pods.value) : null;
  const keyless = pods?.ok ? keylessPods(pods.value) : [];
  const outbox = deliveries?.ok ? stuck(deliveries.value) : failed(deliveries);
  const troubles = [unconfigured, unconfigured ? null : bridge, silent, keeping, ...keyless, outbox].filter(
    (trouble) => trouble !== null,
  );
  return troubles.filter(
    ({ message }, at) => troubles.findIndex((other) => other.message === message) === at,
  );
}

export function TopNotices(props: TopNoticesProps) {
  return (
    <div className="everypod-status__notices" role="status">
      {troublesOf(props).map(({ message, advice }) => (
        <Notice key={message} status="warning" isDismissible={false} spokenMessage="">
          <strong>{message}</strong> {advice}
        </Notice>
      ))}
    </div>
  );
}
