import type { Catalog } from '../say.ts';

export const setup: Catalog['setup'] = {};
