import { lateValue } from '../../../../ui/late.tsx';

/** What a class of the net that is loaded is called. */
export type ClassName = (label: number) => string;

/** Number and all, where the names are not there yet. */
export const UNNAMED: ClassName = (label) => `class ${label}`;

/** The names of ImageNet's classes, of each the first of its words; loaded when they are first wanted. */
export const useClassNames = lateValue(
  () => import('@tensorflow-models/mobilenet/dist/imagenet_classes.js'),
  ({ IMAGENET_CLASSES }): ClassName =>
    (label) =>
      IMAGENET_CLASSES[label]?.split(',')[0] ?? UNNAMED(label),
);
