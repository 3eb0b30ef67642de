import { ChevronDown } from 'lucide-react';
import { memo, type ReactNode, type RefObject, useRef } from 'react';
import { say } from '../../../language/say.ts';
import { ChoiceMenu } from '../../../ui/controls/Choice.tsx';
import { useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { PINNED_FIGURES } from '../../insight/view/InsightFigure.tsx';
import { useInsight, useInsightState } from '../../use-stores.ts';
import styles from './head.module.css';

/** The height of the tools that a pinned figure has above its plot, in CSS pixels. */
const TOOLS = 44;

/** The value of the menu that stands for no pinned figure. */
const DEPTH = 'depth';

interface FigureSlotProps {
  /** The height of the plot, in CSS pixels. */
  readonly height: number;
  /** Error by depth, given the title that is the menu of the slot. */
  readonly children: (title: ReactNode) => ReactNode;
}

/** The figure beside the curves: error by depth, or a figure of Look inside that is pinned here. */
export function FigureSlot({ height, children }: FigureSlotProps) {
  const pinned = useInsightState((state) => state.pinned);
  const figure = PINNED_FIGURES.find(({ id }) => id === pinned);
  const button = useRef<HTMLButtonElement>(null);
  // The menu closes with the head that it was in.
  useFocusAtChange(() => button.current, pinned);
  if (figure === undefined) return children(<SlotMenu button={button} title={say('charts.errorByDepth')} />);
  const { Component, title } = figure;
  return (
    <div className={styles.slot}>
      <div className={styles.line}>
        <h2>
          <SlotMenu button={button} title={title()} />
        </h2>
      </div>
      <Component height={height - TOOLS} />
    </div>
  );
}

interface SlotMenuProps {
  readonly title: string;
  /** Gets the button that opens it. */
  readonly button: RefObject<HTMLButtonElement | null>;
}

/** The name of the figure in the slot, as a menu of all figures that can stand there. */
const SlotMenu = memo(function SlotMenu({ title, button }: SlotMenuProps) {
  const insight = useInsight();
  const pinned = useInsightState((state) => state.pinned);
  const options = [
    { value: DEPTH, text: say('charts.errorByDepth') },
    ...PINNED_FIGURES.map((figure) => ({ value: figure.id, text: figure.title() })),
  ];
  return (
    <ChoiceMenu<string>
      trigger={
        <button ref={button} type="button" className={styles.choice} title={say('race.otherFigure')}>
          <span>{title}</span>
          <ChevronDown size={13} aria-hidden />
        </button>
      }
      value={pinned ?? DEPTH}
      options={options}
      onChange={(value) => insight.pin(PINNED_FIGURES.find(({ id }) => id === value)?.id ?? null)}
    />
  );
});
