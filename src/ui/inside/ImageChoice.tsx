import { RadioGroup } from 'radix-ui';
import { useLabState } from '../../lab/use-lab.ts';
import { INSIDE } from '../../text/inside.ts';
import { PictureCanvas } from '../controls/PictureCanvas.tsx';

/** Which of the images that are shown goes through the block. */
export function ImageChoice({ image, onImage }: { readonly image: number; readonly onImage: (image: number) => void }) {
  const shown = useLabState((state) => state.data?.shown ?? null);
  if (shown === null) return null;
  return (
    <RadioGroup.Root
      className="image-choice"
      aria-label={INSIDE.image}
      value={String(image)}
      onValueChange={(value) => onImage(Number(value))}
      orientation="horizontal"
    >
      {shown.map(({ picture }, index) => (
        <RadioGroup.Item key={picture.name} value={String(index)} aria-label={picture.name}>
          <PictureCanvas picture={picture} className="thumb" />
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
