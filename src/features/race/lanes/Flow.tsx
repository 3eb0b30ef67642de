import { useLayoutEffect, useRef, useState } from 'react';
import { useLabState } from '../../use-stores.ts';
import styles from './lanes.module.css';

interface FlowProps {
  /** What moves the strips: the wires are laid again when it changes. */
  readonly lanes: readonly unknown[];
  /** Where the wire of a strip runs, from its top, in CSS pixels. */
  readonly axis: number;
}

/** The wires from the pictures to the stem of every net. While the nets train, dashes run along them. */
export function Flow({ lanes, axis }: FlowProps) {
  const svg = useRef<SVGSVGElement>(null);
  const [wires, setWires] = useState('');
  const training = useLabState((state) => state.training);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lanes have other places
  useLayoutEffect(() => {
    const section = svg.current?.parentElement;
    if (section == null) return;
    const lay = () => setWires(wiresOf(section, axis));
    const observer = new ResizeObserver(lay);
    observer.observe(section);
    lay();
    return () => observer.disconnect();
  }, [lanes, axis]);
  return (
    <svg ref={svg} className={styles.flow} data-training={training || undefined} aria-hidden="true">
      <path d={wires} />
    </svg>
  );
}

/** From the right of the tray to the left of every strip, as a path in the section's coordinates. */
function wiresOf(section: Element, axis: number): string {
  const { left, top } = section.getBoundingClientRect();
  const tray = section.querySelector('[data-tray]')?.getBoundingClientRect();
  if (tray === undefined || tray.width === 0) return '';
  const [x, y] = [tray.right - left + 6, tray.top + tray.height / 2 - top].map(Math.round);
  const wires = [...section.querySelectorAll('[data-strip], [data-wired]')].map((strip) => {
    const box = strip.getBoundingClientRect();
    if (box.width === 0) return '';
    const [toX, toY] = [Math.round(box.left - left) + 3, Math.round(box.top - top + axis)];
    return `M${x} ${y}C${(x ?? 0) + 26} ${y} ${toX - 26} ${toY} ${toX} ${toY}`;
  });
  return wires.join('');
}
