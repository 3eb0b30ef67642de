import { Pencil } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { IconButton } from '../../../../ui/controls/Button.tsx';
import { PictureCanvas } from '../../../../ui/controls/PictureCanvas.tsx';
import { PREDICTIONS_ID } from '../../../own-image/own-image.ts';
import { OWN_IMAGE_TEXT } from '../../../own-image/strings.ts';
import { useLabState, useOwnImage, useOwnImageState } from '../../../use-stores.ts';
import { INSIDE } from '../../strings.ts';

/** One of the images that are shown, counted from 0, or a person's own. */
export type ImageName = number | 'own';

export interface ImageChoiceProps {
  readonly image: ImageName;
  readonly onImage: (image: ImageName) => void;
}

/** Which image goes through the block. */
export function ImageChoice({ image, onImage }: ImageChoiceProps) {
  const own = useOwnImage();
  const picture = useOwnImageState((state) => state.picture);
  const shown = useLabState((state) => state.data?.shown ?? null);
  if (shown === null) return null;
  const draw = () => {
    own.openPad(true);
    document.getElementById(PREDICTIONS_ID)?.scrollIntoView({ block: 'start' });
  };
  return (
    <div className="image-choice">
      <RadioGroup.Root
        aria-label={INSIDE.image}
        value={String(image)}
        onValueChange={(value) => onImage(value === 'own' ? value : Number(value))}
        orientation="horizontal"
      >
        {shown.map(({ picture }, index) => (
          <RadioGroup.Item key={picture.name} value={String(index)} aria-label={picture.name}>
            <PictureCanvas picture={picture} className="thumb" />
          </RadioGroup.Item>
        ))}
        {picture !== null && (
          <RadioGroup.Item value="own" aria-label={OWN_IMAGE_TEXT.yours} title={OWN_IMAGE_TEXT.yours}>
            <PictureCanvas picture={picture} className="thumb" />
          </RadioGroup.Item>
        )}
      </RadioGroup.Root>
      <IconButton icon={Pencil} label={OWN_IMAGE_TEXT.open} onClick={draw} />
    </div>
  );
}
