import { useMemo, useState } from 'react';
import { ContourPlot } from './ContourPlot.tsx';
import { contourLevels, type Landscape, type LandscapeWords } from './landscape.ts';
import mapsStyles from './maps.module.css';

interface ContourPanelsProps {
  readonly landscapes: readonly Landscape[];
  readonly width: number;
  readonly words: LandscapeWords;
}

const GAP = 16;
const LARGEST = 300;
const LEVELS = 12;

/** The landscapes of several nets side by side, with one scale and one crosshair. */
export function ContourPanels({ landscapes, width, words }: ContourPanelsProps) {
  const [at, setAt] = useState<number | null>(null);
  const levels = useMemo(
    () =>
      contourLevels(
        landscapes.map(({ losses }) => losses),
        LEVELS,
      ),
    [landscapes],
  );
  const beside = Math.max(1, landscapes.length);
  const size = Math.max(120, Math.min(LARGEST, Math.floor((width - GAP * (beside - 1)) / beside)));
  return (
    <div className={mapsStyles.landscapes}>
      {landscapes.map((landscape) => (
        <ContourPlot
          key={landscape.net.id}
          landscape={landscape}
          levels={levels}
          size={size}
          at={at}
          onAt={setAt}
          words={words}
        />
      ))}
      {levels.length > 1 && (
        <div className={mapsStyles.levelScale} aria-hidden="true">
          <span>{`${words.loss} ${words.value(levels[0] ?? 0)}`}</span>
          <span>
            {levels.map((level, index) => (
              <i key={level} style={{ '--share': (index + 1) / levels.length }} />
            ))}
          </span>
          <span>{words.value(levels.at(-1) ?? 0)}</span>
        </div>
      )}
    </div>
  );
}
