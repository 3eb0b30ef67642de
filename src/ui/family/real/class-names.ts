import { useEffect, useState } from 'react';

/** What a class of ImageNet is called. */
export type ClassName = (label: number) => string;

/** Number and all, where the names are not there yet. */
const UNNAMED: ClassName = (label) => `class ${label}`;

/** The names of ImageNet's classes, of each the first of its words; loaded when they are first wanted. */
export function useClassNames(): ClassName {
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
  return nameOf;
}
