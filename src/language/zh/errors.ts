import type { Catalog } from '../say.ts';

export const errors: Catalog['errors'] = {};
