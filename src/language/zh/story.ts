import type { Catalog } from '../say.ts';

export const story: Catalog['story'] = {};
