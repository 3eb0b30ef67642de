import { useCallback } from 'react';
import { signScale, useSignColours } from '../colours.ts';
import { type MapLayout, pictureSize, pixelAt } from './feature-maps.ts';
import mapsStyles from './maps.module.css';

interface MapsCanvasProps {
  readonly layout: MapLayout;
  readonly count: number;
  readonly valueAt: (map: number, row: number, column: number) => number;
  /** The end of the scale to both sides of 0. */
  readonly largest: number;
  /** What it shows, for those who do not see it. */
  readonly label: string;
}

/** Signed maps side by side, pixel for pixel, on one diverging scale; CSS sizes them. */
export function MapsCanvas({ layout, count, valueAt, largest, label }: MapsCanvasProps) {
  const { negative, zero, positive } = useSignColours();
  const [width, height] = pictureSize(layout);
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      const context = canvas?.getContext('2d');
      if (!context) return;
      const colour = signScale({ negative, zero, positive });
      const pixels = context.createImageData(width, height);
      for (let map = 0; map < count; map++) {
        for (let row = 0; row < layout.height; row++) {
          for (let column = 0; column < layout.width; column++) {
            const [x, y] = pixelAt(layout, map, row, column);
            const value = valueAt(map, row, column);
            // The ground shows through where there is no number.
            if (!Number.isFinite(value)) continue;
            const share = largest === 0 ? 0 : value / largest;
            pixels.data.set([...colour(share), 255], 4 * (y * width + x));
          }
        }
      }
      context.putImageData(pixels, 0, 0);
    },
    [layout, count, valueAt, largest, negative, zero, positive, width, height],
  );
  return <canvas ref={draw} className={mapsStyles.maps} width={width} height={height} role="img" aria-label={label} />;
}
