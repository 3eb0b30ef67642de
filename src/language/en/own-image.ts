export const ownImage = {} as const;
