import type { Catalog } from '../say.ts';

export const zoo: Catalog['zoo'] = {};
