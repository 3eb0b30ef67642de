import { useEffect, useState } from 'react';
import { usePretrainedState } from '../../../lab/use-pretrained.ts';
import { IMAGENET } from '../../../spec/family.ts';

/** What a class of the net that is loaded is called. */
export type ClassName = (label: number) => string;

/** By its number, where the names are not there yet, or the net was trained for other classes than ImageNet's. */
const UNNAMED: ClassName = (label) => `class ${label}`;

/**
 * The names of ImageNet's classes, of each the first of its words; loaded when they are first wanted. A net that tells
 * another number of classes apart has numbers for them.
 */
export function useClassNames(): ClassName {
  const isImageNet = usePretrainedState((state) => (state.loaded?.classes ?? IMAGENET.classes) === IMAGENET.classes);
  const [nameOf, setNameOf] = useState<ClassName>(() => UNNAMED);
  useEffect(() => {
    let wanted = true;
    import('@tensorflow-models/mobilenet/dist/imagenet_classes.js').then(
      ({ IMAGENET_CLASSES }) => {
        const named: ClassName = (label) => IMAGENET_CLASSES[label]?.split(',')[0] ?? UNNAMED(label);
        if (wanted) setNameOf(() => named);
      },
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, []);
  return isImageNet ? nameOf : UNNAMED;
}
