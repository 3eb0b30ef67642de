import { useCallback } from 'react';
import type { Picture } from '../../core/data/images.ts';

interface PictureCanvasProps {
  readonly picture: Picture;
  readonly className: string | undefined;
  /** Whether it stays empty where the browser cannot draw it; otherwise the part of the page around it fails. */
  readonly optional?: boolean;
}

/** An image of the data set, pixel for pixel; CSS sizes it. */
export function PictureCanvas({ picture, className, optional = false }: PictureCanvasProps) {
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      const context = canvas?.getContext('2d');
      if (!context) return;
      try {
        paint(context, picture);
      } catch (error) {
        if (!optional) throw error;
      }
    },
    [picture, optional],
  );
  return (
    <canvas
      ref={draw}
      className={className}
      width={picture.size}
      height={picture.size}
      role="img"
      // The data set names its images in English.
      lang="en"
      aria-label={picture.name}
    />
  );
}

function paint(context: CanvasRenderingContext2D, { size, rgb }: Picture): void {
  const pixels = context.createImageData(size, size);
  for (let pixel = 0; pixel < size * size; pixel++) {
    pixels.data.set(rgb.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
    pixels.data[4 * pixel + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
}
