/** Windows small enough that a picture of them can be read in the width of a README. */
export const pictureSizes = {
  /** Below 960 WordPress folds its menu; above 782 the sidebar stays beside the text. */
  editor: { width: 940, height: 700 },
  status: { width: 1120, height: 1060 },
  wall: { width: 1220, height: 1152 },
  /** Its verdict takes a line more. */
  wallOff: { width: 1220, height: 1174 },
} as const;
