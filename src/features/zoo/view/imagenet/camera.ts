import { useEffect, useState } from 'react';
import { say } from '../../../../language/say.ts';
import { sayAlone, sentence } from '../../../../language/sentence.ts';

export interface Camera {
  /** Null until it gives pictures. */
  readonly stream: MediaStream | null;
  /** What the browser rejected with; null where it did not. */
  readonly problem: { readonly cause: unknown } | null;
}

const STARTING: Camera = { stream: null, problem: null };

/** At least what a net is given, and on a phone what lies before it. */
const WISH: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: 'environment', width: { ideal: 640 }, height: { ideal: 480 } },
};

/** The camera, while the component is there and the page is seen. `onEnd` is called where it goes before that. */
export function useCamera(onEnd: () => void): Camera {
  const [camera, setCamera] = useState(STARTING);
  useEffect(() => {
    let wanted = true;
    let opened: MediaStream | null = null;
    const stop = () => {
      wanted = false;
      for (const track of opened?.getTracks() ?? []) track.stop();
    };
    const leave = () => {
      if (!document.hidden) return;
      stop();
      onEnd();
    };
    document.addEventListener('visibilitychange', leave);
    open()
      .then((stream) => {
        opened = stream;
        if (!wanted) return stop();
        // The camera may be unplugged.
        for (const track of stream.getTracks()) track.addEventListener('ended', onEnd);
        setCamera({ stream, problem: null });
      })
      .catch((cause: unknown) => {
        if (wanted) setCamera({ stream: null, problem: { cause } });
      });
    return () => {
      document.removeEventListener('visibilitychange', leave);
      stop();
    };
  }, [onEnd]);
  return camera;
}

async function open(): Promise<MediaStream> {
  if (!('mediaDevices' in navigator)) throw new Error(say('zoo.cameraInsecure'));
  return navigator.mediaDevices.getUserMedia(WISH);
}

/** What a video shows now, as a file; null where it shows nothing yet. */
export async function videoFrame(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
}

/** Why there is no picture, and what can be done. `cause`: what the browser rejected with. */
export function cameraProblem(cause: unknown): string {
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) };
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return sayAlone(sentence('zoo.cameraRefused'));
    case 'NotFoundError':
    case 'OverconstrainedError':
      return sayAlone(sentence('zoo.cameraMissing'));
    case 'NotReadableError':
    case 'AbortError':
      return sayAlone(sentence('zoo.cameraBusy'));
    default:
      return sayAlone(sentence('zoo.cameraUnavailable', { reason: message || name }));
  }
}
