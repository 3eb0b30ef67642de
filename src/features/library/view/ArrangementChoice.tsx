import type { Arrangement } from '../../../core/data/library.ts';
import { Select } from '../../../ui/controls/Choice.tsx';
import { useLibrary } from '../../use-stores.ts';
import { LIBRARY_TEXT } from '../strings.ts';

const words = LIBRARY_TEXT;

/** What was decided by the names of folders, and what else could be: another of the data sets, another level for classes. */
export function ArrangementChoice({ arrangement }: { readonly arrangement: Arrangement }) {
  const library = useLibrary();
  const { sets, set, levels, level, notes } = arrangement;
  return (
    <>
      {sets.length > 1 && (
        <div className="row">
          <span>{words.whichSet}</span>
          <Select
            label={words.whichSet}
            value={set}
            options={sets.map((each) => ({ value: each.name, text: words.setOption(each) }))}
            onChange={(value) => library.arrange({ set: value })}
          />
        </div>
      )}
      {levels.length > 1 && (
        <div className="row" title={words.classLevelHint}>
          <span>{words.classLevel}</span>
          <Select
            label={words.classLevel}
            value={String(level)}
            options={levels.map((each) => ({ value: String(each.level), text: words.levelOption(each) }))}
            onChange={(value) => library.arrange({ set, level: Number(value) })}
          />
        </div>
      )}
      {notes.length > 0 && <p className="note">{`${notes.join('. ')}.`}</p>}
    </>
  );
}
