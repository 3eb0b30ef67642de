import type { Catalog } from '../say.ts';

export const insight: Catalog['insight'] = {};
