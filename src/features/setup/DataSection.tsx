import { FolderUp } from 'lucide-react';
import { sizesOf, sizeWithin, USUAL_PICTURE_SIZE } from '../../core/data/images.ts';
import { EMOJI_VERSION, sourceSize, type Task } from '../../core/experiment/experiment.ts';
import { count } from '../../core/format.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { SegmentedControl, Select } from '../../ui/controls/Choice.tsx';
import { Name } from '../../ui/controls/Name.tsx';
import { PictureCanvas } from '../../ui/controls/PictureCanvas.tsx';
import { namedData } from '../lab/named-data.ts';
import { useLab, useLabState, useLibrary, useLibraryState } from '../use-stores.ts';
import { Field } from './Field.tsx';
import styles from './lab.module.css';

const TASK_NAMES = {
  designer: 'setup.taskDesigner',
  group: 'setup.taskGroup',
} as const satisfies Readonly<Record<Task, MessageKey>>;

const TASKS = ['designer', 'group'] as const;

/** What the nets learn from, with a few images of each class. */
export function DataSection() {
  const lab = useLab();
  const spec = useLabState((state) => state.experiment.data);
  const sizes = sizesOf(sourceSize(spec));
  const setTask = (task: Task) => {
    const { data } = lab.wanted();
    if (data.source === 'emoji') lab.changeData({ ...data, task });
  };
  const setSize = (text: string) => {
    const { data } = lab.wanted();
    lab.changeData({ ...data, size: sizes.find((size) => String(size) === text) ?? data.size });
  };
  return (
    <section aria-label={say('setup.data')}>
      <h2>{say('setup.data')}</h2>
      <DataChoice />
      {spec.source === 'emoji' && (
        <>
          <Field label={say('setup.task')} hint={say('setup.taskHint')}>
            <SegmentedControl
              label={say('setup.task')}
              value={spec.task}
              options={TASKS.map((value) => ({ value, text: say(TASK_NAMES[value]) }))}
              onChange={setTask}
            />
          </Field>
          <p className={styles.question}>
            {spec.task === 'designer' ? say('setup.askDesigner') : say('setup.askGroup')}
          </p>
        </>
      )}
      <Field label={say('setup.size')} hint={say('setup.sizeHint')}>
        <SegmentedControl
          label={say('setup.size')}
          value={String(spec.size)}
          options={sizes.map((size) => ({ value: String(size), text: String(size) }))}
          onChange={setSize}
        />
      </Field>
      <Samples />
    </section>
  );
}

/** The drawings that come with the page, or a data set of the visitor's. */
function DataChoice() {
  const lab = useLab();
  const library = useLibrary();
  const data = useLabState((state) => state.experiment.data);
  const entries = useLibraryState((state) => state.entries);
  const value = data.source === 'own' ? data.hash : data.source;
  const own = entries.map(({ name, hash }) => ({ value: hash, text: name }));
  // What is open may have been deleted since.
  const here = data.source === 'emoji' || own.some((each) => each.value === value);
  const text = data.source === 'own' ? data.name : say('setup.cifar10');
  const options = [{ value: 'emoji', text: say('setup.emoji') }, ...own, ...(here ? [] : [{ value, text }])];
  const choose = (chosen: string) => {
    const entry = entries.find(({ hash }) => hash === chosen);
    if (entry === undefined)
      lab.changeData({
        ...{ source: 'emoji', task: 'designer', version: EMOJI_VERSION },
        size: sizeWithin(USUAL_PICTURE_SIZE, lab.wanted().data.size),
      });
    else library.open(entry);
  };
  return (
    <>
      <Field label={say('setup.dataSet')} hint={say('setup.dataSetHint')}>
        <Select label={say('setup.dataSet')} value={value} options={options} onChange={choose} small />
      </Field>
      <button type="button" className={`btn mini ${styles.own}`} onClick={library.show}>
        <FolderUp size={14} aria-hidden />
        <span>{say('setup.ownImages')}</span>
      </button>
    </>
  );
}

function Samples() {
  const spec = useLabState((state) => state.experiment.data);
  const data = useLabState(namedData);
  if (data === null) return null;
  const counts = { train: data.trainCount, test: data.testCount };
  return (
    <>
      <ul className={styles.samples}>
        {data.classes.map(({ name, count: images, samples }) => (
          <li key={name}>
            <Name>{name}</Name>
            <span className={styles.images}>
              {samples.map((picture) => (
                <PictureCanvas key={picture.name} picture={picture} className="sample" />
              ))}
            </span>
            <span className={styles.number}>{count(images)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        {spec.source === 'emoji' ? say('setup.drawings', counts) : say('setup.images', counts)}
      </p>
    </>
  );
}
