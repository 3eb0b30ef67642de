import { ToggleGroup } from 'radix-ui';
import { FIGURE_NAMES, FIGURE_TEXT, type FigureName } from '../../probes/probes.ts';
import { INSIDE } from '../../strings.ts';

export interface FigureChoiceProps {
  readonly open: readonly FigureName[];
  readonly onOpen: (open: readonly FigureName[]) => void;
}

/** Which figures stand below: what is not there is not measured. */
export function FigureChoice({ open, onOpen }: FigureChoiceProps) {
  return (
    <ToggleGroup.Root
      type="multiple"
      className="chips figures"
      aria-label={INSIDE.figures}
      value={[...open]}
      onValueChange={(names) => onOpen(FIGURE_NAMES.filter((name) => names.includes(name)))}
    >
      {FIGURE_NAMES.map((name) => (
        <ToggleGroup.Item key={name} value={name} className="chip">
          {FIGURE_TEXT[name].short}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
