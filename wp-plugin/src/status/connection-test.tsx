import { Button, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { StateMark } from '../report/state-mark.tsx';
import { type Answer, api } from '../rest/api.ts';
import type { ConnectionTest as TestResult } from '../rest/shapes.ts';

/** Tries what is saved, step by step, and says which step failed and what to do. */
export function ConnectionTest({ onTested }: { onTested: () => void }) {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Answer<TestResult> | null>(null);

  const test = async () => {
    if (busy) return;
    setBusy(true);
    setResult(null);
    setResult(await api.testConnection());
    setBusy(false);
    onTested();
  };

  return (
    <div className="everypod-test">
      <Button __next40pxDefaultSize variant="secondary" isBusy={busy} aria-disabled={busy} onClick={test}>
        {__('Test connection', 'everypod')}
      </Button>
      <div role="status">
        {busy && <p>{__('Testing with what is saved…', 'everypod')}</p>}
        {result && !result.ok && (
          <Notice status="error" isDismissible={false} spokenMessage="">
            {result.failure.message}
          </Notice>
        )}
        {result?.ok && <Steps result={result.value} />}
      </div>
    </div>
  );
}

function Steps({ result }: { result: TestResult }) {
  return (
    <>
      <p>
        <strong>
          {result.passed
            ? __('The connection works.', 'everypod')
            : __('The connection does not work.', 'everypod')}
        </strong>
      </p>
      <ol className="everypod-test__steps">
        {result.steps.map((step) => (
          <li key={step.name}>
            <StateMark tone={step.passed ? 'good' : 'bad'} />{' '}
            <span className="screen-reader-text">
              {step.passed ? __('Passed:', 'everypod') : __('Failed:', 'everypod')}
            </span>{' '}
            <strong>{step.name}</strong> – {step.message}
            {step.advice && <span className="everypod-test__advice">{step.advice}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
