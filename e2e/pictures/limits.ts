export const pictureLimits = {
  fileBytes: 400_000,
} as const;
