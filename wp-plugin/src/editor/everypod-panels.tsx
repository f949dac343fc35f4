import { useSelect } from '@wordpress/data';
import { store as editorStore, PluginDocumentSettingPanel, PluginPostPublishPanel } from '@wordpress/editor';
import { __, sprintf } from '@wordpress/i18n';
import { api } from '../rest/api.ts';
import { ByHand } from './by-hand.tsx';
import { howFarInShort } from './how-far-in-short.ts';
import { Panel } from './panel.tsx';
import { useFinishedSave } from './use-finished-save.ts';
import { useOpenOnce } from './use-open-once.ts';
import { usePostDelivery } from './use-post-delivery.ts';
import { useTelling } from './use-telling.ts';

const settings = window.everypodEditor ?? { postTypes: [], statusUrl: '', canManage: false };

/** Both panels, on the post types that are sent. */
export function EverypodPanels() {
  const { postId, postType } = useSelect((select) => {
    const editor = select(editorStore);
    return { postId: editor.getCurrentPostId(), postType: editor.getCurrentPostType() };
  }, []);
  if (typeof postId !== 'number' || !postType || !settings.postTypes.includes(postType)) return null;
  return <PanelsOfPost key={postId} postId={postId} />;
}

/** The two panels show one delivery, followed here, whether or not a panel is open. */
function PanelsOfPost({ postId }: { postId: number }) {
  const published = useSelect((select) => select(editorStore).isCurrentPostPublished(), []);
  const { answer, follow, show } = usePostDelivery(postId);
  const revalidation = useTelling(api.revalidate, postId, show);
  const takeDown = useTelling(api.takeDown, postId, show);
  useFinishedSave(follow);
  useOpenOnce();

  const said = answer?.ok ? howFarInShort(answer.value) : null;
  const title = said
    ? /* translators: %s: how far the last change has got, such as "3 of 3 applied". */
      sprintf(__('Everypod: %s', 'everypod'), said)
    : __('Everypod', 'everypod');
  const panel = (
    <Panel answer={answer} published={published} statusUrl={settings.canManage ? settings.statusUrl : null}>
      <ByHand revalidation={revalidation} takeDown={takeDown} />
    </Panel>
  );
  return (
    <>
      <PluginDocumentSettingPanel name="everypod" title={title}>
        {panel}
      </PluginDocumentSettingPanel>
      <PluginPostPublishPanel title={title} initialOpen>
        {panel}
      </PluginPostPublishPanel>
    </>
  );
}
