/** The few pieces of WordPress' own scripts that are used here. Their full types come to two gigabytes. */

declare module '@wordpress/editor' {
  import type { ReduxStoreConfig, StoreDescriptor } from '@wordpress/data';
  import type { ReactNode } from 'react';

  type PanelProps = { title: string; className?: string; icon?: ReactNode; children: ReactNode };
  export function PluginDocumentSettingPanel(props: PanelProps & { name: string }): ReactNode;
  export function PluginPostPublishPanel(props: PanelProps & { initialOpen?: boolean }): ReactNode;

  type Selectors = {
    getCurrentPostId: (state: unknown) => number | string | null;
    getCurrentPostType: (state: unknown) => string | null;
    isCurrentPostPublished: (state: unknown) => boolean;
    isSavingPost: (state: unknown) => boolean;
    isAutosavingPost: (state: unknown) => boolean;
    didPostSaveRequestSucceed: (state: unknown) => boolean;
    isEditorPanelOpened: (state: unknown, panel: string) => boolean;
  };
  type Actions = { toggleEditorPanelOpened: (panel: string) => void };
  export const store: StoreDescriptor<ReduxStoreConfig<unknown, Actions, Selectors>>;
}

declare module '@wordpress/preferences' {
  import type { ReduxStoreConfig, StoreDescriptor } from '@wordpress/data';

  type Selectors = { get: (state: unknown, scope: string, name: string) => unknown };
  type Actions = { set: (scope: string, name: string, value: unknown) => void };
  export const store: StoreDescriptor<ReduxStoreConfig<unknown, Actions, Selectors>>;
}

declare module '@wordpress/edit-post' {
  import type { ReduxStoreConfig, StoreDescriptor } from '@wordpress/data';

  type Selectors = { isSavingMetaBoxes: (state: unknown) => boolean };
  export const store: StoreDescriptor<ReduxStoreConfig<unknown, Record<string, never>, Selectors>>;
}

declare module '@wordpress/components' {
  import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

  type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
    variant?: 'primary' | 'secondary' | 'tertiary' | 'link';
    size?: 'default' | 'compact' | 'small';
    isBusy?: boolean;
    isDestructive?: boolean;
    ref?: Ref<HTMLButtonElement>;
    __next40pxDefaultSize?: boolean;
  };
  export function Button(props: ButtonProps): ReactNode;
  export function Notice(props: {
    status: 'info' | 'warning' | 'error' | 'success';
    isDismissible: boolean;
    /** Empty: the notice is only seen. */
    spokenMessage?: string;
    children: ReactNode;
  }): ReactNode;
  export function Spinner(): ReactNode;
  export function Modal(props: {
    title: string;
    size?: 'small' | 'medium' | 'large' | 'fill';
    onRequestClose: () => void;
    aria?: { describedby?: string };
    children: ReactNode;
  }): ReactNode;
  export function TextControl(props: {
    label: string;
    value: string;
    onChange: (value: string) => void;
    help?: ReactNode;
    type?: 'text' | 'url' | 'password';
    disabled?: boolean;
    autoComplete?: string;
    placeholder?: string;
    spellCheck?: boolean;
    ref?: Ref<HTMLInputElement>;
    __next40pxDefaultSize?: boolean;
    __nextHasNoMarginBottom?: boolean;
  }): ReactNode;
}

declare module '@wordpress/plugins' {
  export function registerPlugin(
    name: string,
    settings: { icon: React.ReactNode; render: () => React.ReactNode },
  ): void;
}

declare module '@wordpress/a11y' {
  export function speak(message: string, politeness?: 'polite' | 'assertive'): void;
}

declare module '*.css';

/** Put on the page by PHP (includes/Editor). */
interface Window {
  everypodEditor?: { postTypes: string[]; statusUrl: string; canManage: boolean };
}
