import { useCallback } from 'react';
import type { Picture } from '../../core/results/report.ts';

/** An image of the data set, pixel for pixel; CSS sizes it. */
export function PictureCanvas({
  picture,
  className,
}: {
  readonly picture: Picture;
  readonly className: string | undefined;
}) {
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      const context = canvas?.getContext('2d');
      if (!context) return;
      const { size, rgb } = picture;
      const pixels = context.createImageData(size, size);
      for (let pixel = 0; pixel < size * size; pixel++) {
        pixels.data.set(rgb.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
        pixels.data[4 * pixel + 3] = 255;
      }
      context.putImageData(pixels, 0, 0);
    },
    [picture],
  );
  return (
    <canvas
      ref={draw}
      className={className}
      width={picture.size}
      height={picture.size}
      role="img"
      aria-label={picture.name}
    />
  );
}
