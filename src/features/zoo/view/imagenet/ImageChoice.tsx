import { Camera, ImageUp } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { PICTURES, type SamplePicture } from '../../../../core/data/pretrained.ts';
import { printable } from '../../../../core/quote.ts';
import { say } from '../../../../language/say.ts';
import { sayAlone, sentence } from '../../../../language/sentence.ts';
import { FileDrop } from '../../../../ui/controls/DropArea.tsx';
import { useFocusAtChange } from '../../../../ui/controls/focus-return.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { CameraView } from './CameraView.tsx';
import styles from './image-choice.module.css';

const addressOf = ({ file }: SamplePicture) => new URL(`data/pictures/${file}`, document.baseURI).href;

/** The image that the net is asked about: one of the drawings, or a person's own. */
export function ImageChoice() {
  const pretrained = usePretrained();
  const image = usePretrainedState((state) => state.image);
  const [unread, setUnread] = useState<string | null>(null);
  const live = usePretrainedState((state) => state.live);
  const address = useObjectUrl(image?.blob ?? null);
  const [camera, setCamera] = useState(false);
  const closeCamera = useCallback(() => setCamera(false), []);
  const place = useRef<HTMLDivElement>(null);
  // From the button that opens the camera to the one that closes it, and back.
  useFocusAtChange(() => place.current?.querySelector<HTMLElement>('[data-camera]'), camera);
  /** The drawing that is awaited; null where another image was chosen since. */
  const wanted = useRef<SamplePicture | null>(null);
  const show = (name: string, blob: Blob) => {
    wanted.current = null;
    setUnread(null);
    closeCamera();
    pretrained.show({ name, blob });
  };
  const fetchPicture = async (picture: SamplePicture) => {
    wanted.current = picture;
    const response = await fetch(addressOf(picture)).catch(() => null);
    const blob = response?.ok === true ? await response.blob().catch(() => null) : null;
    if (wanted.current !== picture) return;
    if (blob === null) setUnread(sayAlone(sentence('zoo.imageUnread', { name: picture.name })));
    else show(picture.name, blob);
  };
  return (
    <div ref={place} className={styles.image}>
      {camera && <CameraView onClose={closeCamera} />}
      {address !== null && image !== null && !live && (
        <img
          className={styles.shown}
          src={address}
          alt={say('zoo.chosenImage', { name: printable(image.name) })}
          width={224}
          height={224}
        />
      )}
      <fieldset className={styles.pictures} aria-label={say('zoo.image')}>
        {PICTURES.map((picture) => (
          <button
            key={picture.name}
            type="button"
            className={styles.picture}
            aria-pressed={image?.name === picture.name}
            title={say('zoo.drawingOf', { name: picture.name })}
            onClick={() => fetchPicture(picture)}
          >
            <img src={addressOf(picture)} alt={say('zoo.drawingOf', { name: picture.name })} width={40} height={40} />
          </button>
        ))}
      </fieldset>
      <FileDrop
        text={say('zoo.chooseImage')}
        label={say('zoo.chooseImage')}
        accept="image/*"
        icon={<ImageUp size={16} aria-hidden />}
        onFile={({ name, blob }) => show(name, blob)}
      >
        <span>{say('zoo.dropImage')}</span>
      </FileDrop>
      {!camera && (
        <button type="button" className="btn" data-camera onClick={() => setCamera(true)}>
          <Camera size={16} aria-hidden />
          <span>{say('zoo.openCamera')}</span>
        </button>
      )}
      {unread !== null && (
        <p role="alert" aria-live="assertive">
          {unread}
        </p>
      )}
    </div>
  );
}

/** An address under which the page can show the bytes. */
export function useObjectUrl(blob: Blob | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (blob === null) return setAddress(null);
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
