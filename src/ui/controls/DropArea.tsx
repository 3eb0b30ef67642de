import { FileUp, FolderUp } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { GivenFile } from '../../core/data/given-file.ts';
import { FileField } from './Button.tsx';
import styles from './DropArea.module.css';
import { chosenFiles, droppedFiles } from './dropped-files.ts';

interface DropAreaProps {
  readonly className: string | undefined;
  /** Called in the event itself: afterwards the browser forgets what was dropped. */
  readonly onDrop: (transfer: DataTransfer) => void;
  readonly children: ReactNode;
}

function DropArea({ className, onDrop, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keys; the buttons in it do the same.
    <div
      className={[styles.drop, className, over ? styles.over : ''].join(' ')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        // Stops here, since the page takes every other dropped file for a data set.
        event.preventDefault();
        setOver(false);
        // Text may be dragged, too.
        if (event.dataTransfer.types.includes('Files')) onDrop(event.dataTransfer);
      }}
    >
      {children}
    </div>
  );
}

interface FileDropProps {
  /** On the button. */
  readonly text: string;
  /** What a screen reader calls the field. */
  readonly label: string;
  readonly accept: string;
  readonly icon: ReactNode;
  readonly onFile: (file: { readonly name: string; readonly blob: File }) => void;
  readonly children: ReactNode;
}

/** Where one file is dropped, or chosen by a button. */
export function FileDrop({ text, label, accept, icon, onFile, children }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const give = (file: File) => onFile({ name: file.name, blob: file });
  const drop = ({ files: [file] }: DataTransfer) => {
    if (file !== undefined) give(file);
  };
  return (
    <DropArea className={styles.one} onDrop={drop}>
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        {icon}
        <span>{text}</span>
      </button>
      <FileField ref={input} accept={accept} label={label} onFile={give} />
      {children}
    </DropArea>
  );
}

interface FilesDropProps {
  /** On the buttons, which are also what a screen reader calls their fields. */
  readonly files: string;
  readonly folder: string;
  readonly className?: string | undefined;
  /** Called with what will have been read of the folders; rejects where the browser cannot read one. */
  readonly onFiles: (given: Promise<readonly GivenFile[]>) => void;
  /** In front of the buttons. */
  readonly lead?: ReactNode;
  /** Behind them. */
  readonly children?: ReactNode;
}

/** Where files and folders are dropped, or chosen by two buttons. */
export function FilesDrop({ files, folder, className = '', onFiles, lead, children }: FilesDropProps) {
  return (
    <DropArea className={`${styles.many} ${className}`} onDrop={(transfer) => onFiles(droppedFiles(transfer))}>
      {lead}
      <FilesButton icon={<FileUp size={16} aria-hidden />} text={files} onFiles={onFiles} />
      <FilesButton icon={<FolderUp size={16} aria-hidden />} text={folder} onFiles={onFiles} isFolder />
      {children}
    </DropArea>
  );
}

interface FilesButtonProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly isFolder?: boolean;
  readonly onFiles: FilesDropProps['onFiles'];
}

function FilesButton({ icon, text, isFolder = false, onFiles }: FilesButtonProps) {
  const input = useRef<HTMLInputElement | null>(null);
  const attach = useCallback(
    (element: HTMLInputElement | null) => {
      input.current = element;
      // React has no word for it.
      if (isFolder) element?.setAttribute('webkitdirectory', '');
    },
    [isFolder],
  );
  return (
    <>
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        {icon}
        <span>{text}</span>
      </button>
      <input
        ref={attach}
        type="file"
        multiple={!isFolder}
        hidden
        aria-label={text}
        onChange={({ target }) => {
          const given = chosenFiles(target.files);
          // The same files may be chosen again.
          target.value = '';
          onFiles(Promise.resolve(given));
        }}
      />
    </>
  );
}
