import { useMemo, useState } from 'react';
import { useWidth } from '../../../charts/plot-area.ts';
import { type ErrorPoint, ErrorsPlot } from '../../../charts/zoo/ErrorsPlot.tsx';
import { semicolonJoined } from '../../../language/joining.ts';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { SaveFigureMenu } from '../../figures/saved/SaveFigureMenu.tsx';
import { usePhotographsState } from '../../use-stores.ts';
import { type ErrorKind, type NetScore, pairsTold, scoreRecords } from '../results.ts';
import styles from './photographs.module.css';
import { useRuns } from './use-scores.ts';

const HEIGHT = 300;

type Cost = 'depth' | 'multiplyAdds';

/** Errors on the photographs against depth or multiply-adds, growing while the nets classify. */
export function ErrorsFigure({ scores }: { readonly scores: readonly NetScore[] }) {
  const [cost, setCost] = useState<Cost>('depth');
  const [wanted, setWanted] = useState<ErrorKind>('top1');
  const [attach, width] = useWidth<HTMLDivElement>();
  const hasTop5 = scores.every(({ top5 }) => top5 !== null);
  const kind = hasTop5 ? wanted : 'top1';
  const points = scores.flatMap((score) => pointOf(score, kind, cost));
  const title = say('photographs.chartTitle');
  const reading = useReading(scores, kind);
  const note = kind === 'top1' ? say('photographs.top1') : say('photographs.top5');
  return (
    <figure className="fig" aria-label={title}>
      <div className="fig-head">
        <h4>{title}</h4>
        <span className="fig-note">{note}</span>
        <div className="fig-tools">
          <SaveFigureMenu
            {...{ name: 'photographs', title, note, nets: [], keys: [], reading, source: '' }}
            records={() => scoreRecords(scores)}
            hasPicture
          />
        </div>
      </div>
      <div className={styles.controls}>
        {hasTop5 && (
          <SegmentedControl
            label={say('zoo.error')}
            value={kind}
            options={[
              { value: 'top1', text: say('zoo.top1') },
              { value: 'top5', text: say('zoo.top5') },
            ]}
            onChange={setWanted}
          />
        )}
        <SegmentedControl
          label={say('zoo.against')}
          value={cost}
          options={[
            { value: 'depth', text: say('zoo.byDepth') },
            { value: 'multiplyAdds', text: say('zoo.byMultiplyAdds') },
          ]}
          onChange={setCost}
        />
      </div>
      <div ref={attach} data-picture style={{ minHeight: HEIGHT }}>
        {width !== null && (
          <ErrorsPlot
            points={points}
            log={cost === 'multiplyAdds'}
            axis={cost === 'depth' ? say('zoo.axisLayers') : say('zoo.axisMultiplyAdds')}
            label={say('photographs.chart', { error: note, points: semicolonJoined(points.map(pointText)) })}
            width={width}
            height={HEIGHT}
          />
        )}
      </div>
      <figcaption>{reading}</figcaption>
    </figure>
  );
}

function pointOf(score: NetScore, kind: ErrorKind, cost: Cost): readonly ErrorPoint[] {
  const share = score[kind];
  if (share === null) return [];
  const { name, net, multiplyAdds } = score;
  return [
    {
      name,
      family: net.family,
      depth: net.depth,
      cost: cost === 'depth' ? net.depth : multiplyAdds,
      error: 100 * share.error,
      spread: 100 * share.standardError,
      joined: net.design === 'imagenet',
    },
  ];
}

function pointText({ name, error, spread = 0 }: ErrorPoint): string {
  return say('photographs.point', { name, error: error.toFixed(1), spread: spread.toFixed(1) });
}

/** What may be said: how many photographs, and how many pairs of nets they tell apart by the errors that are shown. */
function useReading(scores: readonly NetScore[], kind: ErrorKind): string {
  const set = usePhotographsState((state) => state.set);
  const runs = useRuns();
  const counts = scores.map(({ photos }) => photos);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const sizes = { photos: most, least, equal: least === most ? 'yes' : 'no' } as const;
  const { pairs, told } = useMemo(() => pairsTold(runs, set?.labels ?? [], kind), [runs, set, kind]);
  if (pairs === 0) return say('photographs.readingOne', sizes);
  return say('photographs.reading', { ...sizes, pairs, told });
}
