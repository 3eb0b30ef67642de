import { ToggleGroup } from 'radix-ui';
import { netClass, netStyle, toneOf } from '../../charts/tone.ts';
import { useInside } from '../../lab/use-inside.ts';
import type { LaneSpec } from '../../spec/experiment.ts';
import { INSIDE } from '../../text/inside.ts';
import { Glyph } from '../controls/Glyph.tsx';

export interface LaneChoiceProps {
  readonly lanes: readonly LaneSpec[];
  readonly compared: readonly LaneSpec[];
}

/** Which nets the figures compare; at least one. */
export function LaneChoice({ lanes, compared }: LaneChoiceProps) {
  const inside = useInside();
  return (
    <ToggleGroup.Root
      type="multiple"
      className="chips"
      aria-label={INSIDE.lanes}
      value={compared.map(({ name }) => name)}
      onValueChange={(names) => names.length > 0 && inside.chooseLanes(names)}
    >
      {lanes.map(({ name, net }) => (
        <ToggleGroup.Item
          key={name}
          value={name}
          className={`chip ${netClass(net.family)}`}
          style={netStyle(toneOf(net.depth))}
        >
          <Glyph family={net.family} depth={net.depth} />
          {name}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
