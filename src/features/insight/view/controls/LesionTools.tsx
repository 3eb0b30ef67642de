import {
  LESION_KINDS,
  LESION_STATISTICS,
  type LesionKind,
  type LesionStatistics,
} from '../../../../core/results/lesion.ts';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { INSIDE } from '../../strings.ts';

export interface LesionChoice {
  readonly kind: LesionKind;
  readonly statistics: LesionStatistics;
}

export interface LesionToolsProps {
  readonly choice: LesionChoice;
  readonly onChoice: (choice: LesionChoice) => void;
}

/** What is done to a block, and with which statistics the error is measured. */
export function LesionTools({ choice, onChoice }: LesionToolsProps) {
  return (
    <>
      <Select
        small
        label={INSIDE.kind}
        value={choice.kind}
        options={LESION_KINDS.map((kind) => ({ value: kind, text: INSIDE.kinds[kind] }))}
        onChange={(kind) => onChoice({ ...choice, kind })}
      />
      <Select
        small
        label={INSIDE.statistics}
        value={choice.statistics}
        options={LESION_STATISTICS.map((name) => ({ value: name, text: INSIDE.statisticsNames[name] }))}
        onChange={(statistics) => onChoice({ ...choice, statistics })}
      />
    </>
  );
}
