/** Steps enough that training does not end by itself while a test looks on: a small net makes hundreds a second. */
export const LONG = 30_000;

/** So small that SwiftShader, too, makes a step in less than a second. */
export const SMALL = {
  data: { source: 'emoji', size: 8, version: 2 },
  recipe: { batch: 8 },
  lanes: [{ net: { family: 'plain', depth: 8, width: 2 } }, { net: { family: 'residual', depth: 14, width: 2 } }],
  until: LONG,
} as const;

/** The lanes of SMALL. */
export const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-14'] as const;

/** Blocks of RESIDUAL. */
export const BLOCKS = 6;
