import { Dices } from 'lucide-react';
import { LIMITS } from '../../core/experiment/parse/parse.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { IconButton } from '../../ui/controls/Button.tsx';
import { SegmentedControl } from '../../ui/controls/Choice.tsx';
import { NumberField } from '../../ui/controls/NumberField.tsx';
import { Toggle } from '../../ui/controls/Toggle.tsx';
import { UI } from '../../ui/strings.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { PaperDialog } from './PaperDialog.tsx';
import { RateDrops } from './RateDrops.tsx';
import { RateSlider } from './RateSlider.tsx';
import { RepeatRow } from './RepeatRow.tsx';
import { WarmUp } from './WarmUp.tsx';

const words = UI.recipe;
const BATCHES = [32, 64, 128];
const MEANS = [
  { value: 'pixel', text: words.means.pixel },
  { value: 'channel', text: words.means.channel },
] as const;

/** How all nets of the race are trained. */
export function RecipeSection() {
  const lab = useLab();
  const recipe = useLabState((state) => state.experiment.recipe);
  const until = useLabState((state) => state.experiment.until);
  // A link may ask for any other.
  const batches = BATCHES.includes(recipe.batch) ? BATCHES : [...BATCHES, recipe.batch].sort((a, b) => a - b);
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
    <section aria-label={words.title}>
      <div className="head">
        <h2>{words.title}</h2>
        <PaperDialog />
      </div>
      <RateSlider rate={recipe.learningRate} onChange={(learningRate) => change({ learningRate })} />
      <RateDrops drops={recipe.drops} onChange={(drops) => change({ drops })} />
      <WarmUp recipe={recipe} onChange={(warmUp) => change({ warmUp })} />
      <div className="row">
        <span>{words.batch}</span>
        <SegmentedControl
          label={words.batch}
          value={String(recipe.batch)}
          options={batches.map((value) => ({ value: String(value), text: String(value) }))}
          onChange={(value) => change({ batch: Number(value) })}
        />
      </div>
      <div className="row">
        <span>{words.momentum}</span>
        {field(words.momentum, 'momentum', false)}
      </div>
      <div className="row">
        <span>{words.weightDecay}</span>
        {field(words.weightDecay, 'weightDecay', false)}
      </div>
      <div className="row">
        <span>{words.augment}</span>
        <Toggle label={words.augment} checked={recipe.augment} onChange={(augment) => change({ augment })} />
      </div>
      <div className="row" title={words.meanHint}>
        <span>{words.mean}</span>
        <SegmentedControl
          label={words.mean}
          value={recipe.mean}
          options={MEANS}
          onChange={(mean) => change({ mean })}
        />
      </div>
      <div className="row">
        <span>{words.seed}</span>
        <span className="pair">
          <IconButton
            icon={Dices}
            label={words.newSeed}
            onClick={() => change({ seed: 1 + Math.floor(Math.random() * 9999) })}
          />
          {field(words.seed, 'seed', true)}
        </span>
      </div>
      <div className="row" title={UI.header.untilHint}>
        <span>{words.until}</span>
        <NumberField
          label={words.until}
          value={until}
          range={{ ...LIMITS.steps, whole: true }}
          onCommit={(value) => lab.setUntil(value)}
        />
      </div>
      <RepeatRow />
      <p className="note">{words.restarts}</p>
    </section>
  );
}
