import type { Catalog } from '../say.ts';

export const share: Catalog['share'] = {};
