export const zoo = {} as const;
