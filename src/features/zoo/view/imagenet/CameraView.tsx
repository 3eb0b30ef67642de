import { Camera, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { say } from '../../../../language/say.ts';
import { useFocusAtChange } from '../../../../ui/controls/focus-return.ts';
import { useLab, usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { cameraProblem, useCamera, videoFrame } from './camera.ts';
import styles from './image-choice.module.css';

/** Milliseconds an image above which the view is no longer called live. */
const LIVE = 2000;

/** What the camera sees, to be asked about once or all the time. It is on as long as this is there. */
export function CameraView({ onClose }: { readonly onClose: () => void }) {
  const lab = useLab();
  const pretrained = usePretrained();
  const { stream, problem } = useCamera(onClose);
  const video = useRef<HTMLVideoElement>(null);
  const [wanted, setWanted] = useState(false);
  // The first picture comes a moment after the stream.
  const [ready, setReady] = useState(false);
  const loaded = usePretrainedState((state) => state.loaded !== null);
  const milliseconds = usePretrainedState((state) => state.classification?.milliseconds ?? 0);
  const slow = milliseconds > LIVE;
  const canFollow = ready && loaded && (!slow || wanted);
  const tools = useRef<HTMLDivElement>(null);
  // A net that is slow cannot be asked live again once that is off.
  useFocusAtChange(() => tools.current?.querySelector('button'), canFollow);

  const attach = useCallback(
    (element: HTMLVideoElement | null) => {
      video.current = element;
      if (element !== null) element.srcObject = stream;
    },
    [stream],
  );
  const frame = useCallback(async () => {
    const blob = video.current === null ? null : await videoFrame(video.current);
    return blob === null ? null : { name: say('zoo.cameraPicture'), blob };
  }, []);
  const take = async () => {
    const picture = await frame();
    if (picture !== null) await pretrained.show(picture);
  };
  useEffect(() => {
    if (!wanted || !loaded || stream === null) return;
    let isFollowing = true;
    const next = async () => {
      const picture = isFollowing ? await frame() : null;
      // It may have been switched off while the picture was taken.
      return isFollowing ? picture : null;
    };
    lab.attempt(async () => {
      try {
        await pretrained.follow(next);
      } finally {
        // Where it was switched off and on meanwhile, another one follows.
        if (isFollowing) setWanted(false);
      }
    });
    return () => {
      isFollowing = false;
    };
  }, [lab, pretrained, wanted, loaded, stream, frame]);

  return (
    <section className={styles.camera} aria-label={say('zoo.camera')}>
      {stream !== null && (
        <video
          ref={attach}
          onLoadedData={() => setReady(true)}
          className={styles.shown}
          autoPlay
          playsInline
          muted
          aria-label={say('zoo.cameraView')}
        />
      )}
      {problem !== null && (
        <p role="alert" aria-live="assertive">
          {cameraProblem(problem.cause)}
        </p>
      )}
      {!ready && problem === null && (
        <p role="status" aria-live="polite">
          {say('zoo.cameraStarting')}
        </p>
      )}
      <div ref={tools} className={styles.cameraTools}>
        {ready && (
          <button type="button" className="btn" disabled={wanted && loaded} onClick={() => lab.attempt(take)}>
            <Camera size={16} aria-hidden />
            <span>{say('zoo.takePicture')}</span>
          </button>
        )}
        {canFollow && (
          <button
            type="button"
            className="btn"
            aria-pressed={wanted}
            title={say('zoo.liveAbout')}
            onClick={() => setWanted(!wanted)}
          >
            {say('zoo.live')}
          </button>
        )}
        <button type="button" className="btn mini" data-camera onClick={onClose}>
          <X size={12} aria-hidden />
          <span>{say('zoo.closeCamera')}</span>
        </button>
      </div>
      {stream !== null && (
        <p className="source">
          {slow && loaded
            ? say('zoo.tooSlow', { seconds: (milliseconds / 1000).toFixed(1) })
            : say('zoo.cameraPrivate')}
        </p>
      )}
    </section>
  );
}
