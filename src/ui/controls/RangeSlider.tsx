import { Slider } from 'radix-ui';
import styles from './RangeSlider.module.css';

interface RangeSliderProps {
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

/** A slider for a number within a range. */
export function RangeSlider({ label, value, min, max, step, valueText, onChange, onCommit }: RangeSliderProps) {
  return (
    <Slider.Root
      data-control="slider"
      className={styles.slider}
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next = value]) => onChange(next)}
      onValueCommit={([next = value]) => onCommit?.(next)}
    >
      <Slider.Track className={styles.sliderTrack}>
        <Slider.Range className={styles.sliderRange} />
      </Slider.Track>
      <Slider.Thumb className={styles.sliderThumb} aria-label={label} aria-valuetext={valueText} />
    </Slider.Root>
  );
}
