import { __ } from '@wordpress/i18n';

/** What is said of a save of which nothing was sent, on the screen and aloud. */
export const unsentWords = () =>
  __(
    'The last change to this post was not sent to the pods: a rule of this site kept it back, or Everypod was not set up yet.',
    'everypod',
  );
