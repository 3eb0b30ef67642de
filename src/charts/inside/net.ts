import type { Series } from '../series/series.ts';

/** A net as the figures of Look inside name and colour it. */
export type Net = Pick<Series, 'id' | 'name' | 'family' | 'tone'>;
