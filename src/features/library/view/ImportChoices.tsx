import { useMemo } from 'react';
import { PICTURE_SIZES } from '../../../core/data/images.ts';
import { type Arrangement, type ImportPreview, MOST_BYTES } from '../../../core/data/library.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { bytesText } from '../../../core/format.ts';
import { trainingBytes } from '../../../core/net/memory.ts';
import { sentencesJoined } from '../../../language/joining.ts';
import { say } from '../../../language/say.ts';
import { sayAlone } from '../../../language/sentence.ts';
import { SegmentedControl, Select } from '../../../ui/controls/Choice.tsx';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
import { costOf, useTaskShape } from '../../lab/use-net-costs.ts';
import { useLabState, useLibrary } from '../../use-stores.ts';
import { sizeToOpen } from '../library.ts';
import { levelText, repeatedText, setText, sharedText, sizeCostText } from '../words.ts';

/** What was decided by the names of folders, and what else could be: another of the data sets, another level for classes. */
export function ArrangementChoice({ arrangement }: { readonly arrangement: Arrangement }) {
  const library = useLibrary();
  const { sets, set, levels, level, notes } = arrangement;
  return (
    <>
      {sets.length > 1 && (
        <div className="form-row">
          <span>{say('library.whichSet')}</span>
          <Select
            label={say('library.whichSet')}
            value={set}
            options={sets.map((each) => ({ value: each.name, text: setText(each) }))}
            onChange={(value) => library.arrange({ set: value })}
          />
        </div>
      )}
      {levels.length > 1 && (
        <div className="form-row" title={say('library.classLevelHint')}>
          <span>{say('library.classLevel')}</span>
          <Select
            label={say('library.classLevel')}
            value={String(level)}
            options={levels.map((each) => ({ value: String(each.level), text: levelText(each) }))}
            onChange={(value) => library.arrange({ set, level: Number(value) })}
          />
        </div>
      )}
      {notes.length > 0 && <p className="note">{sentencesJoined(notes.map(sayAlone))}</p>}
    </>
  );
}

export interface DuplicatesChoiceProps {
  readonly preview: ImportPreview;
  /** Whether training images that are test images, too, are left out. */
  readonly without: boolean;
  readonly onChange: (without: boolean) => void;
}

/** How many images are there more than once, and whether the ones in both sides are left out of the training images. */
export function DuplicatesChoice({ preview, without, onChange }: DuplicatesChoiceProps) {
  const { duplicates, test } = preview;
  const within = repeatedText(duplicates);
  return (
    <>
      {duplicates.shared > 0 && (
        <>
          <p className="note">{sharedText(duplicates, test)}</p>
          <div className="form-row" title={say('library.leaveOutHint')}>
            <span>{say('library.leaveOut')}</span>
            <Toggle label={say('library.leaveOut')} checked={without} onChange={onChange} />
          </div>
        </>
      )}
      {within !== null && <p className="note">{within}</p>}
    </>
  );
}

const SIZES = PICTURE_SIZES.map((size) => ({ value: String(size), text: String(size) }));

/** How large a person's images are made, with what that costs the nets that there are. */
export function SizeChoice({ preview }: { readonly preview: ImportPreview }) {
  const library = useLibrary();
  const { train, test } = preview;
  const fitting = SIZES.filter(({ value }) => (train + test) * 3 * Number(value) ** 2 <= MOST_BYTES);
  const choose = (value: string) => {
    const size = PICTURE_SIZES.find((each) => String(each) === value);
    if (size !== undefined && size !== preview.size) library.resize(size);
  };
  return (
    <>
      <div className="form-row" title={say('library.imageSizeHint')}>
        <span>{say('library.imageSize')}</span>
        <SegmentedControl
          label={say('library.imageSize')}
          value={String(preview.size)}
          options={fitting}
          onChange={choose}
        />
      </div>
      {fitting.length < SIZES.length && (
        <p className="note">{say('library.sizeLimit', { size: bytesText(MOST_BYTES) })}</p>
      )}
      <SizeCost preview={preview} />
    </>
  );
}

function SizeCost({ preview }: { readonly preview: ImportPreview }) {
  const lanes = useLabState((state) => state.experiment.lanes);
  const batch = useLabState((state) => state.experiment.recipe.batch);
  const rounds = useLabState((state) => (state.maxRoundsPerSecond === null ? state.roundsPerSecond : null));
  const { size: now, classes } = useTaskShape();
  const size = sizeToOpen(preview.size, now);
  const before = useMemo(() => costs(lanes, now, classes, batch), [lanes, now, classes, batch]);
  const after = useMemo(
    () => costs(lanes, size, preview.classes.length, batch),
    [lanes, size, preview.classes.length, batch],
  );
  if (lanes.length === 0) return null;
  const times = after.multiplyAdds / before.multiplyAdds;
  const seconds = rounds === null ? null : { before: 1 / rounds, after: times / rounds };
  return <p className="note">{sizeCostText({ size, times, seconds, bytes: after.bytes })}</p>;
}

/** A round's multiply-adds an image, and the most bytes that one net's training takes. */
function costs(lanes: readonly LaneSpec[], size: number, classes: number, batch: number) {
  const all = lanes.map(({ net }) => costOf(net, size, classes));
  return {
    multiplyAdds: all.reduce((sum, each) => sum + each.multiplyAdds, 0),
    bytes: Math.max(...all.map(({ graph }) => trainingBytes(graph, batch))),
  };
}
