import type { PhotoClass } from '../../core/data/photographs.ts';
import { loadLate } from '../../ui/late.tsx';
import { namesIn } from '../zoo/class-names.ts';

/** ImageNet's 1,000 classes in the order of the nets' outputs; loaded when they are first needed. */
export async function imageNetClasses(): Promise<readonly PhotoClass[]> {
  const [{ IMAGENET_CLASSES }, { WORDNET_IDS }] = await Promise.all([
    loadLate(() => import('@tensorflow-models/mobilenet/dist/imagenet_classes.js')),
    loadLate(() => import('./wordnet-ids.ts')),
  ]);
  return WORDNET_IDS.map((wordNet, index) => {
    return { names: namesIn(IMAGENET_CLASSES[index] ?? ''), wordNet };
  });
}

/** The classes of a person's own net by a text of names, one a line, in the order of its outputs; null for none. */
export function namedClasses(text: string): readonly PhotoClass[] | null {
  const names = text
    .split(/\r\n|\r|\n/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 ? null : names.map((name) => ({ names: [name], wordNet: null }));
}
