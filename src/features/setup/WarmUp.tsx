import { LIMITS } from '../../core/experiment/parse/parse.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { NumberField } from '../../ui/controls/NumberField.tsx';
import { Toggle } from '../../ui/controls/Toggle.tsx';
import { UI } from '../../ui/strings.ts';

const words = UI.recipe;

export interface WarmUpProps {
  readonly recipe: Recipe;
  readonly onChange: (warmUp: Recipe['warmUp']) => void;
}

/** The first steps at a smaller rate, as the paper starts its net of 110 layers. */
export function WarmUp({ recipe: { warmUp, learningRate }, onChange }: WarmUpProps) {
  return (
    <>
      <div className="row">
        <span>{words.warmUp}</span>
        <Toggle
          label={words.warmUp}
          checked={warmUp !== null}
          onChange={(on) => onChange(on ? { steps: 50, rate: learningRate / 10 } : null)}
        />
      </div>
      {warmUp !== null && (
        <div className="row inner">
          <NumberField
            label={`${words.warmUp}: steps`}
            value={warmUp.steps}
            range={{ ...LIMITS.steps, whole: true }}
            onCommit={(steps) => onChange({ ...warmUp, steps })}
          />
          <span>{words.warmUpSteps}</span>
          <NumberField
            label={`${words.warmUp}: ${words.learningRate}`}
            value={warmUp.rate}
            range={{ ...LIMITS.learningRate, whole: false }}
            onCommit={(rate) => onChange({ ...warmUp, rate })}
          />
        </div>
      )}
    </>
  );
}
