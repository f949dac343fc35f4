/** What the editor's stores say about saving, at one moment. */
export type Moment = {
  saving: boolean;
  autosaving: boolean;
  succeeded: boolean;
  savingMetaBoxes: boolean;
};

/**
 * True when a save that counts has finished between two moments. Autosaves don't reach the site; metaboxes are
 * a second save, which carries the meta.
 */
export function finishedSave(before: Moment, now: Moment): boolean {
  const postSaved = before.saving && !before.autosaving && !now.saving && now.succeeded;
  const metaBoxesSaved = before.savingMetaBoxes && !now.savingMetaBoxes;
  return postSaved || metaBoxesSaved;
}
