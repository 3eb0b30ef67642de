import type { Catalog } from '../say.ts';

export const runs: Catalog['runs'] = {};
