import { Dices } from 'lucide-react';
import { useState } from 'react';
import { LIMITS } from '../../core/experiment/limits.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { say } from '../../language/say.ts';
import { IconButton } from '../../ui/controls/Button.tsx';
import { SegmentedControl } from '../../ui/controls/Choice.tsx';
import { NumberField } from '../../ui/controls/NumberField.tsx';
import { Toggle } from '../../ui/controls/Toggle.tsx';
import { MOST_SEEDS } from '../seeds/repeats.ts';
import { useLab, useLabState, useRepeats, useRepeatsState } from '../use-stores.ts';
import { Field } from './Field.tsx';
import styles from './lab.module.css';
import { PaperDialog } from './PaperDialog.tsx';
import { RateFields } from './RateFields.tsx';

const BATCHES = [32, 64, 128];
const FIRST_REPEATS = 3;

/** How all nets of the race are trained. */
export function RecipeSection() {
  const lab = useLab();
  const recipe = useLabState((state) => state.experiment.recipe);
  const until = useLabState((state) => state.experiment.until);
  // A link may ask for any other.
  const batches = BATCHES.includes(recipe.batch) ? BATCHES : [...BATCHES, recipe.batch].sort((a, b) => a - b);
  const means = [
    { value: 'pixel', text: say('setup.meanPixel') },
    { value: 'channel', text: say('setup.meanChannel') },
  ] as const;
  const change = (edit: Partial<Recipe>) => {
    lab.changeRecipe(edit);
  };
  /** A number that must lie within limits. */
  const field = (label: string, name: 'momentum' | 'weightDecay' | 'seed', whole: boolean) => (
    <NumberField
      label={label}
      value={recipe[name]}
      range={{ ...LIMITS[name], whole }}
      onCommit={(value) => change({ [name]: value })}
    />
  );
  return (
    <section aria-label={say('setup.recipe')}>
      <div className={styles.head}>
        <h2>{say('setup.recipe')}</h2>
        <PaperDialog>
          <span>{say('setup.paperButton')}</span>
        </PaperDialog>
      </div>
      <p className={styles.note}>{say('setup.restarts')}</p>
      <RateFields recipe={recipe} onChange={change} />
      <Field label={say('setup.batch')} hint={say('setup.batchHint')}>
        <SegmentedControl
          label={say('setup.batch')}
          value={String(recipe.batch)}
          options={batches.map((value) => ({ value: String(value), text: String(value) }))}
          onChange={(value) => change({ batch: Number(value) })}
        />
      </Field>
      <Field label={say('setup.momentum')} hint={say('setup.momentumHint')}>
        {field(say('setup.momentum'), 'momentum', false)}
      </Field>
      <Field label={say('setup.weightDecay')} hint={say('setup.weightDecayHint')}>
        {field(say('setup.weightDecay'), 'weightDecay', false)}
      </Field>
      <Field label={say('setup.equalSteps')} hint={say('setup.equalStepsHint')}>
        <Toggle
          label={say('setup.equalSteps')}
          checked={recipe.equalSteps === true}
          onChange={(on) => change({ equalSteps: on ? true : undefined })}
        />
      </Field>
      <Field label={say('setup.augment')} hint={say('setup.augmentHint')}>
        <Toggle label={say('setup.augment')} checked={recipe.augment} onChange={(augment) => change({ augment })} />
      </Field>
      <Field label={say('setup.mean')} hint={say('setup.meanHint')}>
        <SegmentedControl
          label={say('setup.mean')}
          value={recipe.mean}
          options={means}
          onChange={(mean) => change({ mean })}
        />
      </Field>
      <Field label={say('setup.seed')} hint={say('setup.seedHint')}>
        <span className={styles.pair}>
          <IconButton
            icon={Dices}
            label={say('setup.newSeed')}
            onClick={() => change({ seed: 1 + Math.floor(Math.random() * 9999) })}
          />
          {field(say('setup.seed'), 'seed', true)}
        </span>
      </Field>
      <Field label={say('setup.until')} hint={say('setup.untilHint')}>
        <NumberField
          label={say('setup.until')}
          value={until}
          range={{ ...LIMITS.steps, whole: true }}
          onCommit={(value) => lab.setUntil(value)}
        />
      </Field>
      <RepeatField />
    </section>
  );
}

/** Trains the experiment once a seed, and stops it. */
function RepeatField() {
  const repeats = useRepeats();
  const plan = useRepeatsState((state) => state.plan);
  const canTrain = useLabState((state) => state.open && state.experiment.lanes.length > 0);
  const [count, setCount] = useState(FIRST_REPEATS);
  return (
    <Field label={say('setup.repeat')} hint={say('setup.repeatHint')}>
      <span className={`${styles.pair} ${styles.repeat}`}>
        {plan === null && (
          <NumberField
            label={say('setup.repeatSeeds')}
            value={count}
            range={{ min: 2, max: MOST_SEEDS, whole: true }}
            onCommit={setCount}
          />
        )}
        {/* One element for both, which keeps the focus. */}
        <button
          type="button"
          className="btn mini"
          title={plan === null ? say('setup.repeatRunHint', { seeds: count }) : undefined}
          disabled={plan === null && !canTrain}
          onClick={() => (plan === null ? repeats.start(count) : repeats.stop())}
        >
          {plan === null ? say('setup.repeatRun') : say('setup.repeatStop')}
        </button>
      </span>
    </Field>
  );
}
