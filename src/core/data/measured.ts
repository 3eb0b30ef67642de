/** Numbers of images that nets are measured on: all of a smaller split. The choice of images is the same for every recipe. */
export const MEASURED = { test: 500, training: 1000, shown: 8, seed: 1 } as const;
