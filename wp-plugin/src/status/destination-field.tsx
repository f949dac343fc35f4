import { useId } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { noGuarantee } from '../report/direct.ts';
import type { Destination } from '../rest/shapes.ts';

type DestinationFieldProps = {
  value: Destination;
  onChange: (value: Destination) => void;
  disabled: boolean;
  /** Where it is set, when that is not here. */
  fixedBy: string | null;
};

const choices = (): Array<{ value: Destination; label: string; help: string }> => [
  {
    value: 'bridge',
    label: __('A bridge', 'everypod'),
    help: __('It keeps each change until every pod has it, also pods that were away.', 'everypod'),
  },
  {
    value: 'load-balancer',
    label: __('A load balancer in front of the pods', 'everypod'),
    help: noGuarantee(),
  },
];

/** Native radio buttons: one stop of the Tab key, and the arrow keys choose. */
export function DestinationField({ value, onChange, disabled, fixedBy }: DestinationFieldProps) {
  const id = useId();
  return (
    <fieldset className="everypod-field" disabled={disabled}>
      <legend className="everypod-field__label">{__('Where changes are sent', 'everypod')}</legend>
      {choices().map((choice) => (
        <div key={choice.value} className="everypod-field__choice">
          <input
            type="radio"
            id={`${id}-${choice.value}`}
            name={id}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
            aria-describedby={`${id}-${choice.value}-help`}
          />
          <label htmlFor={`${id}-${choice.value}`}>{choice.label}</label>
          <p id={`${id}-${choice.value}-help`} className="everypod-field__help">
            {choice.help}
          </p>
        </div>
      ))}
      {fixedBy && <p className="everypod-field__help">{fixedBy}</p>}
    </fieldset>
  );
}
