import { Slider } from 'radix-ui';

export interface RangeSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What a screen reader says instead of the number. */
  readonly valueText?: string | undefined;
  readonly onChange: (value: number) => void;
  /** When the thumb is let go. */
  readonly onCommit?: ((value: number) => void) | undefined;
}

export function RangeSlider({ label, value, min, max, step, valueText, onChange, onCommit }: RangeSliderProps) {
  return (
    <Slider.Root
      className="slider"
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next = value]) => onChange(next)}
      onValueCommit={([next = value]) => onCommit?.(next)}
    >
      <Slider.Track className="slider-track">
        <Slider.Range className="slider-range" />
      </Slider.Track>
      <Slider.Thumb className="slider-thumb" aria-label={label} aria-valuetext={valueText} />
    </Slider.Root>
  );
}
