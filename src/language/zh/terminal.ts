import type { Catalog } from '../say.ts';

export const terminal: Catalog['terminal'] = {};
