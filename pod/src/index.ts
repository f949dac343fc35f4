export type { Hindrance } from './apply/hindrance.ts';
export type { Invalidator } from './apply/invalidator.ts';
export type { Closed, Routes } from './apply/routes.ts';
export { onTopic, type TopicHandler, type TopicNotice } from './apply/topics.ts';
export { type NodeHandler, toNodeHandlers } from './node/handlers.ts';
export { type Background, type Build, createPod, type Pod, type PodOptions } from './pod.ts';
export type { SentEvent, SentTarget } from './send/event.ts';
export {
  type Sending,
  type Sent,
  type SentPodLine,
  type SentReport,
  sendEvent,
} from './send/send-event.ts';
