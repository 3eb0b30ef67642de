import { useEffect, useState } from 'react';
import { RangeSlider } from '../../ui/controls/RangeSlider.tsx';
import { UI } from '../../ui/strings.ts';

/** The rates of the slider: three a decade, as people write them down. */
const RATES = [0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1];

export interface RateSliderProps {
  readonly rate: number;
  readonly onChange: (rate: number) => void;
}

/** The learning rate, on a logarithmic scale. It takes effect when the thumb is let go. */
export function RateSlider({ rate, onChange }: RateSliderProps) {
  const nearest = RATES.reduce((best, each, index) => {
    const distance = (value: number) => Math.abs(Math.log(value / rate));
    return distance(each) < distance(RATES[best] ?? each) ? index : best;
  }, 0);
  const [index, setIndex] = useState(nearest);
  useEffect(() => setIndex(nearest), [nearest]);
  const value = index === nearest ? rate : (RATES[index] ?? rate);
  return (
    <div className="row">
      <span>{UI.recipe.learningRate}</span>
      <span className="rate">
        <RangeSlider
          label={UI.recipe.learningRate}
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
    </div>
  );
}
