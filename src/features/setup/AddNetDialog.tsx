import { Plus } from 'lucide-react';
import { useState } from 'react';
import { short } from '../../core/format.ts';
import { netName } from '../../core/net/net.ts';
import { Select } from '../../ui/controls/Choice.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { UI } from '../../ui/strings.ts';
import { costOf, useTaskShape } from '../race/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { NetFields } from './NetFields.tsx';
import { DESIGNS, FIRST_DRAFT, type NetDraft, netOf, withDesign } from './net-draft.ts';

const words = UI.nets;

const DESIGN_OPTIONS = DESIGNS.map((value) => ({ value, text: words.designs[value] }));

/** One more net, chosen by its design, depth and kind; what it costs is said before it joins. */
export function AddNetDialog() {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button type="button" className="btn mini">
      <Plus size={14} aria-hidden />
      <span>{words.add}</span>
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
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const change = (part: Partial<NetDraft>) => setDraft({ ...draft, ...part });
  const made = netOf(draft);
  const net = 'problem' in made ? null : made;
  const cost = net === null ? null : costOf(net, task.size, task.classes);
  return (
    <form
      className="net-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (net === null) return;
        lab.addNet(net);
        onDone();
      }}
    >
      <div className="row">
        <span>{words.design}</span>
        <Select
          label={words.design}
          value={draft.design}
          options={DESIGN_OPTIONS}
          onChange={(design) => setDraft(withDesign(draft, design))}
          small
        />
      </div>
      <NetFields draft={draft} onChange={change} />
      {'problem' in made && (
        <p role="alert" className="problem">
          {made.problem}
        </p>
      )}
      {net !== null && cost !== null && (
        <p>{`${netName(net)}: ${words.cost(short(cost.parameters), short(cost.multiplyAdds))}`}</p>
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
