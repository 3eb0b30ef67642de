import { Pencil } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { say } from '../../../language/say.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { Select } from '../../../ui/controls/Choice.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { goToAnchor } from '../../../ui/go-to-anchor.ts';
import { PREDICTIONS_ID } from '../../../ui/section-ids.ts';
import { useToldLanes } from '../../lesson/use-told-lanes.ts';
import { useInsight, useIsBelow, useLabState, useOwnImage, useOwnImageState } from '../../use-stores.ts';
import { useProbedImage } from '../use-insight.ts';
import styles from './feature-controls.module.css';

/** Chooses the image that goes through the block. */
export function ProbedImageChoice() {
  const insight = useInsight();
  const image = useProbedImage();
  const own = useOwnImage();
  const picture = useOwnImageState((state) => state.picture);
  const shown = useLabState((state) => state.data?.shown ?? null);
  const canDraw = useIsBelow('predictions');
  if (shown === null) return null;
  const draw = () => {
    own.openPad(true);
    goToAnchor(PREDICTIONS_ID);
  };
  return (
    <div className={styles.images}>
      <RadioGroup.Root
        aria-label={say('insight.image')}
        value={typeof image === 'object' ? 'own' : String(image)}
        onValueChange={(value) => insight.chooseImage(value === 'own' ? value : Number(value))}
        orientation="horizontal"
      >
        {shown.map(({ picture: { name }, picture: each }, index) => (
          // The data set names its images in English.
          // biome-ignore lint/suspicious/noArrayIndexKey: a shown picture is its place, and those of a class have one name
          <RadioGroup.Item key={index} value={String(index)} aria-label={name} lang="en">
            <PictureCanvas picture={each} className="thumb" />
          </RadioGroup.Item>
        ))}
        {picture !== null && (
          <RadioGroup.Item value="own" aria-label={say('ownImage.yours')} title={say('ownImage.yours')}>
            <PictureCanvas picture={picture} className="thumb" />
          </RadioGroup.Item>
        )}
      </RadioGroup.Root>
      {canDraw && <IconButton icon={Pencil} label={say('ownImage.openPad')} onClick={draw} />}
    </div>
  );
}

/** Chooses the net and its block. */
export function BlockChoice({ lane, block }: { readonly lane: LaneSpec; readonly block: number }) {
  const insight = useInsight();
  const lanes = useToldLanes();
  const share = block / lane.net.gains.length;
  return (
    <>
      <Select
        small
        label={say('insight.net')}
        value={lane.name}
        options={lanes.filter(({ net }) => net.gains.length > 0).map(({ name }) => ({ value: name, text: name }))}
        onChange={(name) => {
          // The block at the same relative depth.
          const blocks = lanes.find((each) => each.name === name)?.net.gains.length ?? 1;
          insight.chooseBlock(name, Math.max(1, Math.round(share * blocks)));
        }}
      />
      <Select
        small
        label={say('insight.block')}
        value={String(block)}
        options={lane.net.gains.map((_, index) => ({
          value: String(index + 1),
          text: say('insight.blockNumber', { block: index + 1 }),
        }))}
        onChange={(chosen) => insight.chooseBlock(lane.name, Number(chosen))}
      />
    </>
  );
}
