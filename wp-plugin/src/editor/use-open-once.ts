import { useDispatch, useSelect } from '@wordpress/data';
import { store as editorStore } from '@wordpress/editor';
import { useEffect } from '@wordpress/element';
import { store as preferencesStore } from '@wordpress/preferences';

/** As WordPress names it: the plugin, then the panel. */
const panel = 'everypod/everypod';
const seen = ['everypod', 'panelSeen'] as const;

/** Opens the panel for people who have never had it before them. Whoever closes it finds it closed from then on. */
export function useOpenOnce(): void {
  const wanted = useSelect(
    (select) => !select(preferencesStore).get(...seen) && !select(editorStore).isEditorPanelOpened(panel),
    [],
  );
  const { toggleEditorPanelOpened } = useDispatch(editorStore);
  const { set } = useDispatch(preferencesStore);
  useEffect(() => {
    void set(...seen, true);
    if (wanted) void toggleEditorPanelOpened(panel);
    // Once per editor: what happens to the panel later is the person's own doing.
  }, []);
}
