import { errorText } from '../../charts/error-scale.ts';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { say } from '../../language/say.ts';
import { goToLateAnchor } from '../../ui/go-to-anchor.ts';
import { PAPER_ID } from '../../ui/section-ids.ts';
import { deepeningOf } from '../records/claims.ts';
import { useRecord } from '../records/record-files.ts';
import { type RecordedNet, seedsOfEach } from '../records/record-nets.ts';
import { useIsBelow } from '../use-stores.ts';
import { PAPER_CARDS } from './cards.ts';

/** What depth did to recorded nets, beside table 6 of the paper; nothing where the build has no record of it. */
export function RecordedDepth({ className }: { readonly className: string | undefined }) {
  const record = useRecord('cifar-10');
  const text = record === null || record === 'missing' ? null : besideTable6(record);
  const canShow = useIsBelow('family');
  if (text === null) return null;
  return (
    <p className={className}>
      <span>{text}</span>
      {canShow && (
        <button type="button" className="btn mini" onClick={showRecord}>
          {say('paper.besideOpen')}
        </button>
      )}
    </p>
  );
}

/** Goes to the record's card, which the paper's section loads when it is seen. */
function showRecord(): void {
  goToLateAnchor('paper-figure-6', PAPER_ID);
}

/**
 * The test errors of the shallowest and the deepest nets of a record, and of the paper's; null where it lacks a family or one
 * of these errors, or has other depths of one family than of the other.
 */
export function besideTable6(record: EvidenceRecord): string | null {
  const [plain, residual] = [deepeningOf(record, 'plain'), deepeningOf(record, 'residual')];
  const printed = PAPER_CARDS.find(({ id }) => id === 'table-6')?.printed[0]?.numbers ?? [];
  const theirs = (depth: number) => printed.find(({ name }) => name === `ResNet-${depth}`)?.value ?? Number.NaN;
  if (plain === null || residual === null) return null;
  const [from, to] = [plain.shallow.lane.net.depth, plain.deep.lane.net.depth];
  if (residual.shallow.lane.net.depth !== from || residual.deep.lane.net.depth !== to) return null;
  if ([plain.shallow, plain.deep, residual.shallow, residual.deep].some(({ test }) => test === null)) return null;
  const error = ({ test }: RecordedNet) => errorText(test?.mean ?? Number.NaN);
  const [paperFrom, paperTo] = [20, 110];
  return say('paper.besideTable6', {
    steps: record.experiment.until,
    size: record.experiment.data.size,
    ...seedsOfEach([plain.deep, residual.deep]),
    from,
    to,
    residualBefore: error(residual.shallow),
    residualAfter: error(residual.deep),
    plainBefore: error(plain.shallow),
    plainAfter: error(plain.deep),
    paperFrom,
    paperTo,
    paperBefore: theirs(paperFrom).toFixed(2),
    paperAfter: theirs(paperTo).toFixed(2),
  });
}
