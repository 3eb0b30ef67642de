import type { Survey } from '../../../core/data/library.ts';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
import { LIBRARY_TEXT } from '../strings.ts';

const words = LIBRARY_TEXT;

export interface DuplicatesChoiceProps {
  readonly survey: Survey;
  /** Whether training images that are test images, too, are left out. */
  readonly without: boolean;
  readonly onChange: (without: boolean) => void;
}

/** How many images are there more than once, and whether the ones in both sides are left out of the training images. */
export function DuplicatesChoice({ survey, without, onChange }: DuplicatesChoiceProps) {
  const { duplicates, test } = survey;
  const within = words.repeated(duplicates);
  return (
    <>
      {duplicates.shared > 0 && (
        <>
          <p className="note">{`${words.shared(duplicates, test)}.`}</p>
          <div className="row" title={words.leaveOutHint}>
            <span>{words.leaveOut}</span>
            <Toggle label={words.leaveOut} checked={without} onChange={onChange} />
          </div>
        </>
      )}
      {within !== null && <p className="note">{`${within}.`}</p>}
    </>
  );
}
