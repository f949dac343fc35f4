import { RevalidateButton } from './revalidate-button.tsx';
import { TakeDownButton } from './take-down-button.tsx';
import type { Telling } from './use-telling.ts';

type ByHandProps = { revalidation: Telling; takeDown: Telling };

/** What editors can tell the pods without changing anything. */
export function ByHand({ revalidation, takeDown }: ByHandProps) {
  const words = [revalidation.words, takeDown.words].filter((text) => text !== '');
  return (
    <>
      <div className="everypod-panel__buttons">
        <RevalidateButton {...revalidation} />
        <TakeDownButton {...takeDown} />
      </div>
      {words.length > 0 && <p className="everypod-panel__words">{words.join(' ')}</p>}
    </>
  );
}
