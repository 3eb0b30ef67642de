import type { Catalog } from '../say.ts';

export const ownImage: Catalog['ownImage'] = {};
