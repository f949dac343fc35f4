import { useSelect } from '@wordpress/data';
import { store as editPostStore } from '@wordpress/edit-post';
import { store as editorStore } from '@wordpress/editor';
import { useEffect, useRef } from '@wordpress/element';
import { finishedSave, type Moment } from './finished-save.ts';

/** Calls `onSaved` whenever a save that counts has finished. */
export function useFinishedSave(onSaved: () => void) {
  const now: Moment = useSelect((select) => {
    const editor = select(editorStore);
    return {
      saving: editor.isSavingPost(),
      autosaving: editor.isAutosavingPost(),
      succeeded: editor.didPostSaveRequestSucceed(),
      savingMetaBoxes: select(editPostStore).isSavingMetaBoxes(),
    };
  }, []);
  const before = useRef(now);
  useEffect(() => {
    if (finishedSave(before.current, now)) onSaved();
    before.current = now;
  }, [now, onSaved]);
}
