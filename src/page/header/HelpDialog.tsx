import { CircleHelp } from 'lucide-react';
import { Modal } from '../../ui/controls/Modal.tsx';
import { UI } from '../../ui/strings.ts';
import { CREDITS } from './credits.ts';

const { help } = UI;

export interface HelpDialogProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** What this is, the keys, who drew the images, and the licences. */
export function HelpDialog({ open, onOpen }: HelpDialogProps) {
  const trigger = (
    <button type="button" className="btn square" aria-label={UI.header.help} title={UI.header.help}>
      <CircleHelp size={16} aria-hidden />
    </button>
  );
  return (
    <Modal trigger={trigger} title={help.title} open={open} onOpen={onOpen}>
      {help.story.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <h3>{help.keys}</h3>
      <dl className="keys">
        {help.shortcuts.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h3>{help.credits}</h3>
      <ul className="credits">
        {CREDITS.map(({ name, author, licence, link, terms }) => (
          <li key={name}>
            <a href={link}>{name}</a>
            <span>{` ${help.by} ${author}, `}</span>
            <a href={terms}>{licence}</a>
          </li>
        ))}
      </ul>
      <p>{help.creditsNote}</p>
      <h3>{help.licences}</h3>
      <p>{help.licencesNote}</p>
      <ul>
        {help.licenceFiles.map(([file, name]) => (
          <li key={file}>
            <a href={file}>{name}</a>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
