export const limits = {
  /**
   * For any answer of WordPress, while others ask it as well. Whoever waits for what waits for WordPress is late: the plugin
   * gives up on a bridge after 2 s in a save, the connection test lets it wait 5 s for the pods, and pods give a page 9 s.
   */
  answeredMs: 1_900,
  /** From a save's answer to the last word of its report. */
  finalMs: 30_000,
  /** How often a panel asks that is open. */
  panelEveryMs: 300,
  /** Of one visitor, between two pages that no pod has. */
  visitPauseMs: 800,
  /** A page is made from four answers of a WordPress that has others to answer, too. */
  pageMs: 9_000,
  /** The bridge looks into WordPress's outbox: seldom enough that it leaves to cron what waited while it was away. */
  outboxSeconds: 20,
  /** WordPress counts in whole seconds. */
  dueAfterMs: 100,
  /** So many of these at once show whether they are worked off one by one. */
  standStills: 6,
  standStillMs: 100,
  /** The longest for which a bridge waits for pods, and what a sender gives it for all of its answer. */
  senderWaitSeconds: 30,
  senderSeconds: 40,
  /** How long a save waits in the control for a page of the front end: less than that page is given. */
  controlWaitSeconds: 3,
  settingMs: 5_000,
  callMs: 60_000,
} as const;
