import type { Catalog } from '../say.ts';

export const race: Catalog['race'] = {};
