import type { Catalog } from '../say.ts';

export const charts: Catalog['charts'] = {};
