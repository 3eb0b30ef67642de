import { Eraser, Trash2, Undo2 } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { useLabState } from '../../use-stores.ts';
import { type Drawing, isBlank, type Paper, undone } from '../drawing.ts';
import { OWN_IMAGE_TEXT } from '../strings.ts';
import type { Brush } from './DrawingPad.tsx';

const words = OWN_IMAGE_TEXT;

/** Diameters, as shares of the side. */
export const BRUSHES = { fine: 0.04, medium: 0.09, broad: 0.2 } as const;

const SIZES = [
  { value: 'fine', text: words.brushes.fine },
  { value: 'medium', text: words.brushes.medium },
  { value: 'broad', text: words.brushes.broad },
] as const;
const PAPERS = [
  { value: 'white', text: words.papers.white },
  { value: 'black', text: words.papers.black },
] as const;
const ERASER = 'eraser';

export interface DrawingToolbarProps {
  readonly drawing: Drawing;
  readonly brush: Brush;
  /** What is left where an image beneath is taken away. */
  readonly paper: Paper;
  readonly onBrush: (brush: Brush) => void;
  readonly onDraw: (drawing: Drawing) => void;
}

/** What one draws with, what one draws on, and ways back. */
export function DrawingToolbar({ drawing, brush, paper, onBrush, onDraw }: DrawingToolbarProps) {
  const samples = useLabState((state) => state.data?.shown ?? []);
  const size = SIZES.find(({ value }) => BRUSHES[value] === brush.width)?.value ?? 'medium';
  return (
    <div className="pad-tools">
      <RadioGroup.Root
        className="swatches"
        aria-label={words.colour}
        value={brush.colour ?? ERASER}
        onValueChange={(value) => onBrush({ ...brush, colour: value === ERASER ? null : value })}
        orientation="horizontal"
      >
        {words.colours.map(([colour, name]) => (
          <RadioGroup.Item key={colour} value={colour} aria-label={name} title={name} style={{ '--swatch': colour }} />
        ))}
        <RadioGroup.Item value={ERASER} aria-label={words.eraser} title={words.eraser} className="eraser">
          <Eraser size={16} aria-hidden />
        </RadioGroup.Item>
      </RadioGroup.Root>
      <div className="row">
        <span>{words.brush}</span>
        <SegmentedControl
          label={words.brush}
          value={size}
          options={SIZES}
          onChange={(value) => onBrush({ ...brush, width: BRUSHES[value] })}
        />
      </div>
      {typeof drawing.on === 'string' && (
        <div className="row">
          <span>{words.paper}</span>
          <SegmentedControl
            label={words.paper}
            value={drawing.on}
            options={PAPERS}
            onChange={(on) => onDraw({ on, strokes: drawing.strokes })}
          />
        </div>
      )}
      <div className="row">
        <span>{words.on}</span>
      </div>
      <div className="samples-to-draw-on">
        {samples.map(({ picture }) => (
          <button
            key={picture.name}
            type="button"
            aria-label={words.onImage(picture.name)}
            title={words.onImage(picture.name)}
            onClick={() => onDraw({ on: picture, strokes: [] })}
          >
            <PictureCanvas picture={picture} className="thumb" />
          </button>
        ))}
      </div>
      <div className="pad-ways-back">
        <button
          type="button"
          className="btn mini"
          disabled={isBlank(drawing)}
          onClick={() => onDraw(undone(drawing, paper))}
        >
          <Undo2 size={14} aria-hidden />
          <span>{words.undo}</span>
        </button>
        <button
          type="button"
          className="btn mini"
          disabled={isBlank(drawing)}
          onClick={() => onDraw({ on: typeof drawing.on === 'string' ? drawing.on : paper, strokes: [] })}
        >
          <Trash2 size={14} aria-hidden />
          <span>{words.clear}</span>
        </button>
      </div>
    </div>
  );
}
