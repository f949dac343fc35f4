/** Every key that bridges share. The braces keep them on one node of a cluster. */
const prefix = '{everypod}:';

export const keys = {
  position: `${prefix}position`,
  /** Each target once; its score is its latest sequence number. */
  targets: `${prefix}targets`,
  /** Each target once; its score is when it last changed, in milliseconds. */
  changed: `${prefix}changed`,
  /** Ids by sequence number. */
  events: `${prefix}events`,
  /** Ids by time of acceptance, until their report is final. */
  unfinished: `${prefix}unfinished`,
  event: (id: string) => `${prefix}event:${id}`,
  /** What visits for that event are told, until its report is final or its time over. */
  about: (id: string) => `${prefix}about:${id}`,
  /** There for as long as that bridge lives. */
  bridge: (name: string) => `${prefix}bridge:${name}`,
  /** What each pod last said to each bridge, by its address, the bridge's name, and whether it asked or answered. */
  pods: `${prefix}pods`,
  /** Of these, the order in which they were told. */
  podNews: `${prefix}pod-news`,
  podNewsCount: `${prefix}pod-news-count`,
  /** Of visits that may be under way, those that are taken, by when they end. */
  places: `${prefix}places`,
  /** Bridges that wait for one, by since when, and when each has asked last. */
  placesLine: `${prefix}places-line`,
  placesAsked: `${prefix}places-asked`,
  /** Ids of catch-ups by the time at which they came: of all pods, and of each. */
  catchUpIds: `${prefix}catch-up-ids`,
  catchUpIdsOf: (pod: string) => `${prefix}catch-up-ids:${pod}`,
};
