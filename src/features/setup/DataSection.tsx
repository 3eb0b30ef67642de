import { sizesOf } from '../../core/data/image-sizes.ts';
import { type DataSpec, madeSize, type Task } from '../../core/experiment/experiment.ts';
import { count } from '../../core/format.ts';
import { SegmentedControl } from '../../ui/controls/Choice.tsx';
import { Name } from '../../ui/controls/Name.tsx';
import { PictureCanvas } from '../../ui/controls/PictureCanvas.tsx';
import { UI } from '../../ui/strings.ts';
import { LIBRARY_TEXT } from '../library/strings.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { DataChoice } from './DataChoice.tsx';

const words = UI.data;

const TASKS: readonly { readonly value: Task; readonly text: string }[] = [
  { value: 'designer', text: words.tasks.designer },
  { value: 'group', text: words.tasks.group },
];

/** What the nets learn from, with a few images of each class. */
export function DataSection() {
  const lab = useLab();
  const spec = useLabState((state) => state.experiment.data);
  const data = useLabState((state) => state.data);
  const sizes = sizesOf(madeSize(spec));
  const change = (edit: DataSpec) => lab.changeData(edit);
  return (
    <section aria-label={words.title}>
      <h2>{words.title}</h2>
      <DataChoice />
      {spec.source === 'emoji' && (
        <>
          <div className="row">
            <span>{words.task}</span>
            <SegmentedControl
              label={words.task}
              value={spec.task}
              options={TASKS}
              onChange={(task) => change({ ...spec, task })}
            />
          </div>
          <p className="question">{words.taskQuestion[spec.task]}</p>
        </>
      )}
      <div className="row">
        <span>{words.size}</span>
        <SegmentedControl
          label={words.size}
          value={String(spec.size)}
          options={sizes.map((size) => ({ value: String(size), text: String(size) }))}
          onChange={(value) => change({ ...spec, size: sizes.find((size) => String(size) === value) ?? spec.size })}
        />
      </div>
      {data !== null && (
        <>
          <ul className="samples">
            {data.classes.map(({ name, count: images, samples }) => (
              <li key={name}>
                <Name>{name}</Name>
                <span className="images">
                  {samples.map((picture) => (
                    <PictureCanvas key={picture.name} picture={picture} className="sample" />
                  ))}
                </span>
                <span className="number">{count(images)}</span>
              </li>
            ))}
          </ul>
          <p className="note">
            {(spec.source === 'emoji' ? words : LIBRARY_TEXT).counts(data.trainCount, data.testCount)}
          </p>
        </>
      )}
    </section>
  );
}
