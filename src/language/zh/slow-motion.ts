import type { Catalog } from '../say.ts';

export const slowMotion: Catalog['slowMotion'] = {};
