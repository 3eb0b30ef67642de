import { CircleHelp, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { CREDITS } from '../../text/credits.ts';
import { UI } from '../../text/ui.ts';

const { help } = UI;

export interface HelpDialogProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** What this is, the keys, and who drew the images. */
export function HelpDialog({ open, onOpen }: HelpDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      <Dialog.Trigger className="btn square" aria-label={UI.header.help} title={UI.header.help}>
        <CircleHelp size={16} aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title asChild>
            <h2>{help.title}</h2>
          </Dialog.Title>
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
                <a href={link}>{name}</a> by {author}, <a href={terms}>{licence}</a>
              </li>
            ))}
          </ul>
          <p>{help.creditsNote}</p>
          <Dialog.Close className="btn square close" aria-label={help.close}>
            <X size={16} aria-hidden />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
