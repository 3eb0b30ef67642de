import { useCallback, useMemo } from 'react';
import { useInside } from '../../use-stores.ts';
import type { Inquiry } from '../inquiry.ts';
import type { Answer } from '../inside-state.ts';
import { useAnswers } from '../use-inside.ts';

export interface Study {
  readonly answers: readonly Answer[];
  readonly running: boolean;
  readonly run: () => void;
  readonly cancel: () => void;
}

/** Inquiries that take a while and run when they are asked for. */
export function useStudy(lanes: readonly string[], inquire: (lane: string) => Inquiry): Study {
  const inside = useInside();
  const inquiries = useMemo(() => lanes.map(inquire), [lanes, inquire]);
  const answers = useAnswers(inquiries);
  return {
    answers,
    running: answers.some(({ running }) => running),
    run: useCallback(() => {
      inside.run(inquiries);
    }, [inside, inquiries]),
    cancel: useCallback(() => inside.cancel(inquiries), [inside, inquiries]),
  };
}
