import {
  createPod,
  onTopic
} from "./chunk-CCP5HJAI.js";
export {
  createPod,
  onTopic
};
