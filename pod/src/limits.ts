/** Every limit of the pod. Those of the messages stand in `@everypod/contract`. */
export const limits = {
  /** Kubelet is answered within 500 ms whatever the bridge does: this is the wait, the rest is for answering. */
  probeWaitMs: 400,
  /** Connect, head and body of one catch-up together; it goes on behind the probe that started it. */
  catchUpDeadlineMs: 10_000,
  /** A catch-up whose application never came back stops standing in the way of the next one. */
  catchUpSlotMs: 20_000,
  /** Without a bridge at start: after this the pod invalidates everything and becomes ready. */
  startLimitSeconds: 30,
  startLimitSecondsAtMost: 3_600,
  /** A topic's handler that has not come back by then has failed. */
  topicDeadlineMs: 5_000,
  /** Ten of the longest targets fit into what the contract lets an answer weigh. */
  cannotPerAnswer: 10,
  reasonCharacters: 500,
} as const;
