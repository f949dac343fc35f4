export type { Hindrance } from './apply/hindrance.ts';
export type { Invalidator } from './apply/invalidator.ts';
export type { Closed, Routes } from './apply/routes.ts';
export { onTopic, type TopicHandler, type TopicNotice } from './apply/topics.ts';
export { type Background, type Build, createPod, type Pod, type PodOptions } from './pod.ts';
