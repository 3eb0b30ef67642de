import { type ReactNode, useRef, useState } from 'react';
import type { NamedBlob } from '../../../lab/pretrained.ts';

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
  const give = (files: FileList | null | undefined) => {
    const [file] = files ?? [];
    if (file !== undefined) onFile({ name: file.name, blob: file });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keys; the button in it does the same.
    <div
      className={over ? 'real-drop over' : 'real-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        // The page takes what nobody else does for a data set.
        event.preventDefault();
        setOver(false);
        give(event.dataTransfer.files);
      }}
    >
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        {icon}
        {text}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={({ target }) => {
          give(target.files);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      {children}
    </div>
  );
}
