/** For the promise of an action that a control began: the lab has put what failed into its notice already. */
export function shown(_failure: unknown): void {}
