import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { say } from '../../../language/say.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { useLab } from '../../use-stores.ts';
import { csvOf, type Records } from '../csv.ts';
import { pngOf } from './png.ts';
import { type PictureWords, standalone } from './standalone.ts';

export interface SaveFigureMenuProps extends PictureWords {
  /** The file's, without an ending. */
  readonly name: string;
  readonly records: () => Records;
  /** Whether the figure shows its chart, and not its table. */
  readonly hasPicture: boolean;
}

/** Saves the figure around it: its data as CSV, and what is drawn in its part `data-picture` as SVG or PNG. */
export function SaveFigureMenu({ name, records, hasPicture, ...words }: SaveFigureMenuProps) {
  const lab = useLab();
  const trigger = useRef<HTMLButtonElement>(null);
  const file = `resnet-playground-${name}`;
  const picture = () => {
    const element = trigger.current?.closest('figure')?.querySelector('[data-picture]');
    if (element == null) throw new Error('picture: this figure shows none');
    return standalone(element, { ...words, source: sourceText(words.source) });
  };
  const saveCsv = () => saveFile(`${file}.csv`, new Blob([csvOf(records())], { type: 'text/csv' }));
  const saveSvg = () => saveFile(`${file}.svg`, new Blob([picture()], { type: 'image/svg+xml' }));
  const savePng = async () => saveFile(`${file}.png`, await pngOf(picture()));
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button
          ref={trigger}
          type="button"
          className="fig-button square"
          aria-label={say('share.saveFigure', { figure: words.title })}
          title={say('share.saveFigure', { figure: words.title })}
        >
          <Download aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Item className="menu-item" onSelect={saveCsv}>
            {say('share.csv')}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" disabled={!hasPicture} onSelect={saveSvg}>
            {say('share.svg')}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" disabled={!hasPicture} onSelect={() => lab.attempt(savePng)}>
            {say('share.png')}
          </DropdownMenu.Item>
          {!hasPicture && <p className="menu-note">{say('share.asTable')}</p>}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function sourceText(source: string): string {
  return source === '' ? say('share.measured') : say('share.sourceMeasured', { source });
}
