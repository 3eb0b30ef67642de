export const slowMotion = {} as const;
