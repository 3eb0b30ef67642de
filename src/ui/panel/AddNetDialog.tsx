import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useLab, useLabState } from '../../lab/use-lab.ts';
import { type BlockKind, type Family, makeNet, netName, type ShortcutOption } from '../../spec/net.ts';
import { depthProblem, LIMITS } from '../../spec/parse.ts';
import { short } from '../../text/format.ts';
import { UI } from '../../text/ui.ts';
import { Modal } from '../controls/Modal.tsx';
import { Seg } from '../controls/Seg.tsx';
import { Select } from '../controls/Select.tsx';
import { shown } from '../shown.ts';
import { costOf, useTaskShape } from '../use-net-costs.ts';
import { problemOf } from './problem-of.ts';

const words = UI.nets;

const FAMILIES: readonly { readonly value: Family; readonly text: string }[] = [
  { value: 'plain', text: words.family.plain },
  { value: 'residual', text: words.family.residual },
];
const BLOCKS: readonly { readonly value: BlockKind; readonly text: string }[] = [
  { value: 'basic', text: words.blocks.basic },
  { value: 'bottleneck', text: words.blocks.bottleneck },
];
const OPTIONS: readonly { readonly value: ShortcutOption; readonly text: string }[] = [
  { value: 'A', text: words.options.A },
  { value: 'B', text: words.options.B },
  { value: 'C', text: words.options.C },
];

/** One more net, chosen by its depth and kind; what it costs is said before it joins. */
export function AddNetDialog() {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button type="button" className="btn mini">
      <Plus size={14} aria-hidden />
      {words.add}
    </button>
  );
  return (
    <Modal trigger={trigger} title={words.add} open={open} onOpen={setOpen} narrow>
      <NetForm onDone={() => setOpen(false)} />
    </Modal>
  );
}

function NetForm({ onDone }: { readonly onDone: () => void }) {
  const lab = useLab();
  const task = useTaskShape();
  const late = useLabState((state) => state.step > 0);
  const [family, setFamily] = useState<Family>('residual');
  const [depth, setDepth] = useState(20);
  const [width, setWidth] = useState(8);
  const [block, setBlock] = useState<BlockKind>('basic');
  const [option, setOption] = useState<ShortcutOption>('A');
  const problem = depthProblem(depth, block) ?? problemOf(width, LIMITS.width, true);
  const net = problem === null ? makeNet(family, depth, { width, block, option }) : null;
  const cost = net === null ? null : costOf(net, task.size, task.classes);
  const chooseBlock = (next: BlockKind) => {
    setBlock(next);
    if (depthProblem(depth, next) !== null) setDepth(next === 'basic' ? 20 : 29);
  };
  return (
    <form
      className="net-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (net === null) return;
        lab.addNet(net).catch(shown);
        onDone();
      }}
    >
      <div className="row">
        <span>{words.kind}</span>
        <Seg label={words.kind} value={family} options={FAMILIES} onChange={setFamily} />
      </div>
      <label className="row">
        <span>{words.depth}</span>
        <input
          className="field"
          type="number"
          min={block === 'basic' ? 8 : 11}
          max={LIMITS.depth.max}
          step={block === 'basic' ? 6 : 9}
          value={depth}
          onChange={(event) => setDepth(event.target.valueAsNumber)}
        />
      </label>
      <label className="row">
        <span>{words.width}</span>
        <input
          className="field"
          type="number"
          min={LIMITS.width.min}
          max={LIMITS.width.max}
          value={width}
          onChange={(event) => setWidth(event.target.valueAsNumber)}
        />
      </label>
      <div className="row">
        <span>{words.block}</span>
        <Seg label={words.block} value={block} options={BLOCKS} onChange={chooseBlock} />
      </div>
      <div className="row">
        <span>{words.option}</span>
        <Select label={words.option} value={option} options={OPTIONS} onChange={setOption} small />
      </div>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {net !== null && cost !== null && (
        <p>
          {netName(net)}: {words.cost(short(cost.parameters), short(cost.multiplyAdds))}
        </p>
      )}
      {late && <p>{words.catchUp}</p>}
      <div className="actions">
        <button type="button" className="btn" onClick={onDone}>
          {words.cancel}
        </button>
        <button type="submit" className="btn primary" disabled={net === null}>
          {words.add}
        </button>
      </div>
    </form>
  );
}
