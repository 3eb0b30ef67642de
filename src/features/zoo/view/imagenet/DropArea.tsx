import { type ReactNode, useRef, useState } from 'react';
import { FileField } from '../../../../ui/controls/Button.tsx';
import type { NamedBlob } from '../../state.ts';
import imagenet from './imagenet.module.css';

export interface DropAreaProps {
  /** On the button. */
  readonly text: string;
  /** What a screen reader calls the field. */
  readonly label: string;
  readonly accept: string;
  readonly icon: ReactNode;
  readonly onFile: (file: NamedBlob) => void;
  readonly children: ReactNode;
}

/** Where one file is dropped, or chosen by a button. */
export function DropArea({ text, label, accept, icon, onFile, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const give = (file: File) => onFile({ name: file.name, blob: file });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keys; the button in it does the same.
    <div
      className={over ? `${imagenet.drop} ${imagenet.over}` : imagenet.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        // Stops here, since the page takes every other dropped file for a data set.
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) give(file);
      }}
    >
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        {icon}
        <span>{text}</span>
      </button>
      <FileField ref={input} accept={accept} label={label} onFile={give} />
      {children}
    </div>
  );
}
