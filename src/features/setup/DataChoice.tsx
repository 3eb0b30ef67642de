import { FolderUp } from 'lucide-react';
import { sizeWithin, USUAL_PICTURE_SIZE } from '../../core/data/image-sizes.ts';
import { Select } from '../../ui/controls/Choice.tsx';
import { LIBRARY_TEXT } from '../library/strings.ts';
import { useLab, useLabState, useLibrary, useLibraryState } from '../use-stores.ts';

const words = LIBRARY_TEXT;

/** Which images the nets learn from: the drawings that come with the page, or a person's own. */
export function DataChoice() {
  const lab = useLab();
  const library = useLibrary();
  const data = useLabState((state) => state.experiment.data);
  const entries = useLibraryState((state) => state.entries);
  const value = data.source === 'own' ? data.hash : data.source;
  const own = entries.map(({ name, hash }) => ({ value: hash, text: name }));
  // What is open may have been deleted since.
  const here = data.source === 'emoji' || own.some((each) => each.value === value);
  const text = data.source === 'own' ? data.name : words.cifar10;
  const options = [{ value: 'emoji', text: words.emoji }, ...own, ...(here ? [] : [{ value, text }])];
  const choose = (chosen: string) => {
    const entry = entries.find(({ hash }) => hash === chosen);
    if (entry === undefined)
      lab.changeData({ source: 'emoji', task: 'designer', size: sizeWithin(USUAL_PICTURE_SIZE, data.size) });
    else library.open(entry);
  };
  return (
    <div className="row data-choice">
      <Select label={words.set} value={value} options={options} onChange={choose} small />
      <button type="button" className="btn mini" onClick={library.show}>
        <FolderUp size={14} aria-hidden />
        <span>{words.add}</span>
      </button>
    </div>
  );
}
