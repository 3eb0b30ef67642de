export const race = {} as const;
