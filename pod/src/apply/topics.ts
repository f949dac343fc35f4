import { limits } from '../limits.ts';
import { sharedState } from '../state.ts';

/** `everything`: more was invalidated than could be named, so reload whatever the topic stands for. */
export type TopicNotice = { topic: string; everything: boolean };
export type TopicHandler = (notice: TopicNotice) => void | Promise<void>;

export type Topics = Map<string, Set<TopicHandler>>;

/**
 * Registers a handler for a topic: in-memory state other than pages, such as feature flags.
 * The handler must be safe to run twice; it has failed when it throws, or takes longer than 5 seconds.
 * @returns a function that takes the handler away again
 */
export function onTopic(topic: string, handler: TopicHandler): () => void {
  const { topics } = sharedState();
  const handlers = topics.get(topic) ?? new Set();
  topics.set(topic, handlers.add(handler));
  return () => {
    handlers.delete(handler);
    if (handlers.size === 0) topics.delete(topic);
  };
}

export type TopicFailure = { topic: string; reason: string };

/** Tells every handler of these topics, all at once, and returns which failed. */
export async function tellTopics(
  topics: Topics,
  names: Iterable<string>,
  everything: boolean,
): Promise<TopicFailure[]> {
  const told = [...names].flatMap((topic) =>
    [...(topics.get(topic) ?? [])].map(async (handler) => {
      const reason = await tell(handler, { topic, everything });
      return reason === null ? null : { topic, reason };
    }),
  );
  return (await Promise.all(told)).filter((failure) => failure !== null);
}

async function tell(handler: TopicHandler, notice: TopicNotice): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`The handler of topic ${notice.topic} took longer than ${limits.topicDeadlineMs} ms.`),
      limits.topicDeadlineMs,
    );
  });
  const run = async () => {
    await handler(notice);
    return null;
  };
  try {
    return await Promise.race([run(), tooLate]);
  } catch (error) {
    return `The handler of topic ${notice.topic} failed: ${String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
