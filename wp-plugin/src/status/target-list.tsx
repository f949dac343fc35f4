import { __, sprintf } from '@wordpress/i18n';
import type { Report } from '../rest/shapes.ts';

type Target = Report['targets'][number];

function targetWords(target: Target): string {
  if (!('vanishes' in target) || target.vanishes !== true) return nameOf(target);
  /* translators: %s: path or tag of what was on pages that no pod may show again. */
  return sprintf(__('%s, taken away', 'everypod'), nameOf(target));
}

function nameOf(target: Target): string {
  if ('tag' in target) return target.tag;
  if ('topic' in target) return target.topic;
  return target.scope ? `${target.path} (${target.scope})` : target.path;
}

/** What the pods were told to invalidate. */
export function TargetList({ targets }: { targets: Target[] }) {
  /* translators: %d: number of targets. */
  const summary = sprintf(__('Targets (%d)', 'everypod'), targets.length);
  return (
    <details className="everypod-targets">
      <summary>{summary}</summary>
      <ul>
        {targets.map(targetWords).map((words) => (
          <li key={words}>
            <code>{words}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
