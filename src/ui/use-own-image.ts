import { useEffect, useState } from 'react';
import { useLab, useLabState } from '../lab/use-lab.ts';
import { useLibrary } from '../lab/use-library.ts';
import type { Picture } from '../spec/report.ts';
import { shown } from './shown.ts';

export interface OwnImage {
  /** The image that a person gave last; null before. */
  readonly picture: Picture | null;
  /** Each class's probability, by the lane, as the nets are now or were some steps ago. */
  readonly answers: ReadonlyMap<string, readonly number[]>;
  readonly give: (file: File) => Promise<void>;
}

const NONE: ReadonlyMap<string, readonly number[]> = new Map();

/** One image of a person's own, and what the nets take it for: asked again whenever they answer the others. */
export function useOwnImage(): OwnImage {
  const lab = useLab();
  const library = useLibrary();
  const told = useLabState((state) => state.predictions);
  const race = useLabState((state) => state.race);
  const open = useLabState((state) => state.open);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [answers, setAnswers] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was told and the race say when to ask again.
  useEffect(() => {
    if (picture === null || !open) return;
    let wanted = true;
    lab
      .classify(picture.rgb)
      .then((all) => {
        if (wanted) setAnswers(all);
      })
      .catch(shown);
    return () => {
      wanted = false;
    };
  }, [lab, picture, open, told, race]);
  const give = async (file: File) => {
    const next = await library.picture({ path: file.name, blob: file });
    if (next !== null) setPicture(next);
  };
  return { picture, answers, give };
}
