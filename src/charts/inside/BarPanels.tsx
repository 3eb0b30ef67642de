import './inside.css';
import { useState } from 'react';
import { BarsPlot } from './BarsPlot.tsx';
import type { BarPanel } from './bars.ts';

export interface BarPanelsProps {
  readonly panels: readonly BarPanel[];
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly named: boolean;
}

const GAP = 16;

/** Panels of bars over the same positions, side by side. */
export function BarPanels({ panels, width, height, label, named }: BarPanelsProps) {
  const [at, setAt] = useState<number | null>(null);
  const narrow = Math.floor((width - GAP * (panels.length - 1)) / Math.max(1, panels.length));
  return (
    <div className="panels">
      {panels.map((panel) => (
        <BarsPlot
          key={panel.key}
          panel={panel}
          width={narrow}
          height={height}
          at={at}
          onAt={setAt}
          label={label}
          named={named}
        />
      ))}
    </div>
  );
}
