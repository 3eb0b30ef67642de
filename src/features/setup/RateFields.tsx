import { Plus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { LIMITS } from '../../core/experiment/limits.ts';
import type { RateDrop, Recipe } from '../../core/experiment/recipe.ts';
import { say } from '../../language/say.ts';
import { IconButton } from '../../ui/controls/Button.tsx';
import { NumberField } from '../../ui/controls/NumberField.tsx';
import { RangeSlider } from '../../ui/controls/RangeSlider.tsx';
import { Toggle } from '../../ui/controls/Toggle.tsx';
import { focusLastButton } from '../../ui/focus.ts';
import { useLab } from '../use-stores.ts';
import { Field } from './Field.tsx';
import styles from './lab.module.css';

/** The rates of the slider: three a decade, as people write them down. */
const RATES = [0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1];
const NEW_DROP: RateDrop = { step: 100, by: 10 };

export interface RateFieldsProps {
  readonly recipe: Recipe;
  readonly onChange: (part: Partial<Recipe>) => void;
}

/** The learning rate: at the start, while it warms up, and where it drops. */
export function RateFields({ recipe, onChange }: RateFieldsProps) {
  const lab = useLab();
  const wanted = () => lab.wanted().recipe;
  return (
    <>
      <RateSlider rate={recipe.learningRate} onChange={(learningRate) => onChange({ learningRate })} />
      <RateDrops drops={recipe.drops} onChange={(edit) => onChange({ drops: edit(wanted().drops) })} />
      <WarmUp recipe={recipe} onChange={(edit) => onChange({ warmUp: edit(wanted()) })} />
    </>
  );
}

interface RateSliderProps {
  readonly rate: number;
  readonly onChange: (rate: number) => void;
}

/** The learning rate, on a logarithmic scale. It takes effect when the thumb is let go. */
function RateSlider({ rate, onChange }: RateSliderProps) {
  const nearest = RATES.reduce((best, each, index) => {
    const distance = (value: number) => Math.abs(Math.log(value / rate));
    return distance(each) < distance(RATES[best] ?? each) ? index : best;
  }, 0);
  const [index, setIndex] = useState(nearest);
  useEffect(() => setIndex(nearest), [nearest]);
  const value = index === nearest ? rate : (RATES[index] ?? rate);
  return (
    <Field label={say('setup.learningRate')} hint={say('setup.learningRateHint')}>
      <span className={styles.rate}>
        <RangeSlider
          label={say('setup.learningRate')}
          value={index}
          min={0}
          max={RATES.length - 1}
          step={1}
          valueText={String(value)}
          onChange={setIndex}
          onCommit={(chosen) => onChange(RATES[chosen] ?? rate)}
        />
        <output>{value}</output>
      </span>
    </Field>
  );
}

interface RateDropsProps {
  readonly drops: readonly RateDrop[];
  /** Edits the drops that were asked for last, which may not be shown yet. */
  readonly onChange: (edit: (wanted: readonly RateDrop[]) => readonly RateDrop[]) => void;
}

/** The steps at which the learning rate is divided, and by how much. */
function RateDrops({ drops, onChange }: RateDropsProps) {
  const edit = (index: number, change: Partial<RateDrop>) =>
    onChange((wanted) => wanted.map((drop, at) => (at === index ? { ...drop, ...change } : drop)));
  return (
    <>
      <Field label={say('setup.drops')} hint={say('setup.dropsHint')}>
        <button
          type="button"
          className="btn mini"
          aria-label={say('setup.addDrop')}
          onClick={() => onChange(withAnother)}
        >
          <span>{drops.length === 0 ? say('setup.none') : null}</span>
          <Plus size={14} aria-hidden />
        </button>
      </Field>
      {drops.map((drop, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drop has no name but its place in the list
        <div key={index} className={`form-row ${styles.inner}`}>
          <span>÷</span>
          <NumberField
            label={say('setup.dropBy', { nth: index + 1 })}
            value={drop.by}
            range={{ ...LIMITS.dropBy, whole: false }}
            onCommit={(by) => edit(index, { by })}
          />
          <span>{say('setup.atStep')}</span>
          <NumberField
            label={say('setup.dropAt', { nth: index + 1 })}
            value={drop.step}
            range={{ ...LIMITS.steps, whole: true }}
            onCommit={(step) => edit(index, { step })}
          />
          <IconButton
            icon={X}
            label={say('setup.removeDrop')}
            once
            onClick={({ currentTarget }) => {
              // The drops move up, and the last row goes.
              if (index === drops.length - 1) focusLastButton(currentTarget.parentElement?.previousElementSibling);
              onChange((wanted) => without(wanted, drop));
            }}
          />
        </div>
      ))}
    </>
  );
}

function withAnother(drops: readonly RateDrop[]): readonly RateDrop[] {
  const last = drops.at(-1);
  return [...drops, last === undefined ? NEW_DROP : { ...last, step: last.step + 50 }];
}

/** The drops without one of them, where it is still there. */
function without(drops: readonly RateDrop[], { step, by }: RateDrop): readonly RateDrop[] {
  const at = drops.findIndex((drop) => drop.step === step && drop.by === by);
  return at === -1 ? drops : drops.toSpliced(at, 1);
}

interface WarmUpProps {
  readonly recipe: Recipe;
  /** Edits what was asked for last, which may not be shown yet. */
  readonly onChange: (edit: (wanted: Recipe) => Recipe['warmUp']) => void;
}

/** The first steps at a smaller rate, as the paper starts its net of 110 layers. */
function WarmUp({ recipe: { warmUp }, onChange }: WarmUpProps) {
  return (
    <>
      <Field label={say('setup.warmUp')} hint={say('setup.warmUpHint')}>
        <Toggle
          label={say('setup.warmUp')}
          checked={warmUp !== null}
          onChange={(on) => onChange(({ learningRate }) => (on ? { steps: 50, rate: learningRate / 10 } : null))}
        />
      </Field>
      {warmUp !== null && (
        <div className={`form-row ${styles.inner}`}>
          <NumberField
            label={say('setup.warmUpSteps')}
            value={warmUp.steps}
            range={{ ...LIMITS.steps, whole: true }}
            onCommit={(steps) => onChange((wanted) => wanted.warmUp && { ...wanted.warmUp, steps })}
          />
          <span>{say('setup.stepsAt')}</span>
          <NumberField
            label={say('setup.warmUpRate')}
            value={warmUp.rate}
            range={{ ...LIMITS.learningRate, whole: false }}
            onCommit={(rate) => onChange((wanted) => wanted.warmUp && { ...wanted.warmUp, rate })}
          />
        </div>
      )}
    </>
  );
}
