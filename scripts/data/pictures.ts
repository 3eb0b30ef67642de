import { mkdir } from 'node:fs/promises';
import { PICTURES } from '../../src/core/data/pretrained.ts';
import { writeAtomically } from './files.ts';
import { flatDrawing } from './images.ts';
import type { IconSet } from './sets.ts';
import { pointsOf } from './unicode.ts';

/** Pixels a side: more than any net is given. */
const SIDE = 320;

/** Renders the sample pictures for the ImageNet nets into a folder, each as a PNG on white. */
export async function drawPictures({ designer, drawings }: IconSet, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { points, file } of PICTURES) {
    const drawing = drawings.get(pointsOf(points));
    if (drawing === undefined) throw new Error(`data: ${designer} has no drawing of ${points}`);
    const framed = flatDrawing(drawing, SIDE).extend({
      top: 16,
      bottom: 16,
      left: 16,
      right: 16,
      background: '#ffffff',
    });
    await writeAtomically(`${folder}${file}`, await framed.png().toBuffer());
  }
}
