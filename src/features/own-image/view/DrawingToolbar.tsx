import { Eraser, Trash2, Undo2 } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { say } from '../../../language/say.ts';
import { Button } from '../../../ui/controls/Button.tsx';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { useLabState } from '../../use-stores.ts';
import { type Drawing, isBlank, type Paper, undone } from '../drawing.ts';
import type { Brush } from './DrawingPad.tsx';
import styles from './own-image.module.css';

/** Diameters, as shares of the side. */
export const BRUSHES = { fine: 0.04, medium: 0.09, broad: 0.2 } as const;

const SIZES = ['fine', 'medium', 'broad'] as const;
const PAPERS = ['white', 'black'] as const;
const COLOURS = [
  ['#1b1b1b', 'black'],
  ['#ffffff', 'white'],
  ['#8a8f98', 'grey'],
  ['#8b5a2b', 'brown'],
  ['#e03131', 'red'],
  ['#f57c00', 'orange'],
  ['#ffcc33', 'yellow'],
  ['#37a23c', 'green'],
  ['#4fb3f6', 'skyBlue'],
  ['#1c5fd4', 'blue'],
  ['#7a4fd0', 'purple'],
  ['#f783ac', 'pink'],
] as const;
const ERASER = 'eraser';

export interface DrawingToolbarProps {
  readonly drawing: Drawing;
  readonly brush: Brush;
  /** What is left where an image beneath is taken away. */
  readonly paper: Paper;
  /** Hears the colour or the width that was chosen. */
  readonly onBrush: (chosen: Partial<Brush>) => void;
  readonly onDraw: (drawing: Drawing) => void;
}

/** What one draws with, what one draws on, and ways back. */
export function DrawingToolbar({ drawing, brush, paper, onBrush, onDraw }: DrawingToolbarProps) {
  const samples = useLabState((state) => state.data?.shown ?? []);
  const size = SIZES.find((value) => BRUSHES[value] === brush.width) ?? 'medium';
  return (
    <div className={styles.tools}>
      <RadioGroup.Root
        className={styles.swatches}
        aria-label={say('ownImage.colour')}
        value={brush.colour ?? ERASER}
        onValueChange={(value) => onBrush({ colour: value === ERASER ? null : value })}
        orientation="horizontal"
      >
        {COLOURS.map(([colour, name]) => (
          <RadioGroup.Item
            key={colour}
            value={colour}
            aria-label={say(`ownImage.colour.${name}`)}
            title={say(`ownImage.colour.${name}`)}
            style={{ '--swatch': colour }}
          />
        ))}
        <RadioGroup.Item value={ERASER} aria-label={say('ownImage.eraser')} title={say('ownImage.eraser')}>
          <Eraser size={16} aria-hidden />
        </RadioGroup.Item>
      </RadioGroup.Root>
      <div className="form-row">
        <span>{say('ownImage.brush')}</span>
        <SegmentedControl
          label={say('ownImage.brush')}
          value={size}
          options={SIZES.map((value) => ({ value, text: say(`ownImage.size.${value}`) }))}
          onChange={(value) => onBrush({ width: BRUSHES[value] })}
        />
      </div>
      {typeof drawing.on === 'string' && (
        <div className="form-row">
          <span>{say('ownImage.paper')}</span>
          <SegmentedControl
            label={say('ownImage.paper')}
            value={drawing.on}
            options={PAPERS.map((value) => ({ value, text: say(`ownImage.colour.${value}`) }))}
            onChange={(on) => onDraw({ on, strokes: drawing.strokes })}
          />
        </div>
      )}
      <div className="form-row">
        <span>{say('ownImage.on')}</span>
      </div>
      <div className={styles.samples}>
        {samples.map(({ picture }, at) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a shown picture is its place, and those of a class have one name
            key={at}
            type="button"
            aria-label={say('ownImage.onImage', { name: picture.name })}
            title={say('ownImage.onImage', { name: picture.name })}
            onClick={() => onDraw({ on: picture, strokes: [] })}
          >
            <PictureCanvas picture={picture} className={styles.thumb} />
          </button>
        ))}
      </div>
      <div className={styles.undo}>
        <Button className="btn mini" disabled={isBlank(drawing)} onClick={() => onDraw(undone(drawing, paper))}>
          <Undo2 size={14} aria-hidden />
          <span>{say('ownImage.undo')}</span>
        </Button>
        <Button
          className="btn mini"
          disabled={isBlank(drawing)}
          onClick={() => onDraw({ on: typeof drawing.on === 'string' ? drawing.on : paper, strokes: [] })}
        >
          <Trash2 size={14} aria-hidden />
          <span>{say('ownImage.clear')}</span>
        </Button>
      </div>
    </div>
  );
}
