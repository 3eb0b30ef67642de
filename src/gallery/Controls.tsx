import { Copy, Play, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { makeNet } from '../core/net/net.ts';
import { IconButton } from '../ui/controls/Button.tsx';
import { ChoiceMenu, SegmentedControl, Select } from '../ui/controls/Choice.tsx';
import { Name } from '../ui/controls/Name.tsx';
import { NetChips } from '../ui/controls/NetChips.tsx';
import { DraftNumber, NumberField } from '../ui/controls/NumberField.tsx';
import { RangeSlider } from '../ui/controls/RangeSlider.tsx';
import { Toggle } from '../ui/controls/Toggle.tsx';
import { Failure } from '../ui/ErrorBoundary.tsx';
import { LateError } from '../ui/late.tsx';

type Size = 'small' | 'medium' | 'large';

const SIZES = (['small', 'medium', 'large'] as const).map((value) => ({ value, text: value }));
const RANGE = { min: 1, max: 64, whole: true };
const NETS = [
  { name: 'plain-8', net: makeNet('plain', 8) },
  { name: 'plain-56', net: makeNet('plain', 56) },
  { name: 'ResNet-20', net: makeNet('residual', 20) },
];

function Buttons() {
  return (
    <div className="gallery-row">
      <button type="button" className="btn primary">
        <Play size={14} aria-hidden />
        <span>Train</span>
      </button>
      <button type="button" className="btn primary" disabled>
        Train
      </button>
      <button type="button" className="btn">
        Reset
      </button>
      <button type="button" className="btn" disabled>
        Reset
      </button>
      <button type="button" className="btn mini">
        Undo
      </button>
      <IconButton icon={Copy} label="Copy" onClick={() => {}} />
      <IconButton icon={X} label="Remove" onClick={() => {}} />
    </div>
  );
}

function Choices() {
  const [size, setSize] = useState<Size>('medium');
  const props = { label: 'Size', value: size, options: SIZES, onChange: setSize };
  const [chosen, setChosen] = useState<readonly string[]>(['plain-8', 'ResNet-20']);
  return (
    <div className="gallery-row">
      <SegmentedControl {...props} />
      <Select {...props} />
      <Select {...props} small />
      <ChoiceMenu
        {...props}
        trigger={
          <button type="button" className="btn">
            Menu
          </button>
        }
      />
      <NetChips label="Nets" nets={NETS} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}

function Amounts() {
  const [on, setOn] = useState(true);
  const [amount, setAmount] = useState(20);
  const number = { value: amount, range: RANGE };
  return (
    <div className="gallery-row">
      <Toggle label="On" checked={on} onChange={setOn} />
      <Toggle label="Off" checked={!on} onChange={setOn} />
      <Toggle label="Some" checked mixed onChange={setOn} />
      <Toggle label="Busy" checked busy onChange={setOn} />
      <div style={{ width: 160 }}>
        <RangeSlider label="Amount" {...RANGE} value={amount} step={1} onChange={setAmount} />
      </div>
      <NumberField label="Steps" {...number} onCommit={setAmount} />
      <DraftNumber label="Depth" {...number} step={6} onChange={setAmount} />
      <DraftNumber label="Not a number" value={Number.NaN} range={RANGE} step={6} onChange={setAmount} />
    </div>
  );
}

/** The controls by the name of their picture. */
export const CONTROLS: Readonly<Record<string, () => ReactNode>> = {
  buttons: () => <Buttons />,
  choices: () => <Choices />,
  amounts: () => <Amounts />,
  names: () => (
    <div className="gallery-row">
      <Name>my net</Name>
      <Name>{'a name\u0000 with a control character'}</Name>
      <Name>שם של רשת</Name>
    </div>
  ),
  failures: () => (
    <>
      <Failure part="The curves" error={new Error('no such series')} onAgain={() => {}} />
      <Failure part="The family" error={new LateError('late')} onAgain={() => {}} />
    </>
  ),
};
