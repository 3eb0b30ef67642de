import { Plus, X } from 'lucide-react';
import { LIMITS } from '../../core/experiment/parse/parse.ts';
import type { RateDrop } from '../../core/experiment/recipe.ts';
import { IconButton } from '../../ui/controls/Button.tsx';
import { NumberField } from '../../ui/controls/NumberField.tsx';
import { UI } from '../../ui/strings.ts';

const words = UI.recipe;
const NEW_DROP: RateDrop = { step: 100, by: 10 };

export interface RateDropsProps {
  readonly drops: readonly RateDrop[];
  readonly onChange: (drops: readonly RateDrop[]) => void;
}

/** The steps at which the learning rate is divided, and by how much. */
export function RateDrops({ drops, onChange }: RateDropsProps) {
  const edit = (index: number, change: Partial<RateDrop>) =>
    onChange(drops.map((drop, at) => (at === index ? { ...drop, ...change } : drop)));
  const after = drops.at(-1);
  return (
    <>
      <div className="row">
        <span>{words.drops}</span>
        <button
          type="button"
          className="btn mini"
          aria-label={`${words.add}: ${words.drops}`}
          onClick={() => onChange([...drops, after === undefined ? NEW_DROP : { ...after, step: after.step + 50 }])}
        >
          <span>{drops.length === 0 ? words.none : null}</span>
          <Plus size={14} aria-hidden />
        </button>
      </div>
      {drops.map((drop, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drop has no name but its place in the list
        <div key={index} className="row inner">
          <span>÷</span>
          <NumberField
            label={`${words.drops} ${index + 1}: ${words.dropBy}`}
            value={drop.by}
            range={{ ...LIMITS.dropBy, whole: false }}
            onCommit={(by) => edit(index, { by })}
          />
          <span>{words.dropAt}</span>
          <NumberField
            label={`${words.drops} ${index + 1}: ${words.dropAt}`}
            value={drop.step}
            range={{ ...LIMITS.steps, whole: true }}
            onCommit={(step) => edit(index, { step })}
          />
          <IconButton
            icon={X}
            label={words.removeDrop}
            onClick={() => onChange(drops.filter((_, at) => at !== index))}
          />
        </div>
      ))}
    </>
  );
}
