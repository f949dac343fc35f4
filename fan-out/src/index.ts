export {
  type AllowedRanges,
  canonical,
  createAllowedRanges,
  InvalidRange,
  privateRanges,
} from './discovery/allowed-ranges.ts';
export type { Discovered, Discovery } from './discovery/discovery.ts';
export { createFixedList } from './discovery/fixed-list.ts';
export { createHeadlessDns } from './discovery/headless-dns.ts';
export { joinDiscoveries } from './discovery/joined.ts';
export {
  InvalidService,
  type PodAddress,
  parseService,
  podAddress,
  type Service,
} from './discovery/service.ts';
export { limits as fanOutLimits } from './limits.ts';
export { type AnswerHeaders, call, type Outbound, type Outcome } from './outbound.ts';
export { type AskMakeOptions, askMake } from './push/ask-make.ts';
export { type AskPagesOptions, askPages } from './push/ask-pages.ts';
export { type AskSettledOptions, askSettled } from './push/ask-settled.ts';
export type { Attempt } from './push/attempt.ts';
export { covers } from './push/covers.ts';
export { type PlainOnceOptions, plainOnce, plainSlugs } from './push/plain-once.ts';
export { type PushOnceOptions, pushOnce } from './push/push-once.ts';
export { type PushToPodOptions, pushToPod } from './push/push-to-pod.ts';
export { createSlots, type Slots } from './push/slots.ts';
export { createTurns, type Turns } from './push/turns.ts';
export { type UntilAnsweredOptions, untilAnswered } from './push/until-answered.ts';
