import type { Catalog } from '../say.ts';

export const library: Catalog['library'] = {};
