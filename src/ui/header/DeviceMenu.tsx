import { Cpu } from 'lucide-react';
import { useLab, useLabState } from '../../lab/use-lab.ts';
import { BACKENDS, type BackendChoice } from '../../spec/device.ts';
import { BACKEND_TEXT, UI } from '../../text/ui.ts';
import { ChoiceMenu } from '../controls/ChoiceMenu.tsx';
import { shown } from '../shown.ts';

const CHOICES: readonly BackendChoice[] = ['auto', ...BACKENDS];

/** What the nets train on, why it is not something faster, and another choice. */
export function DeviceMenu() {
  const lab = useLab();
  const device = useLabState((state) => state.device);
  const backend = useLabState((state) => state.backend);
  const trigger = (
    <button type="button" className="btn mini device">
      <span className="vh">{`${UI.header.device}: `}</span>
      <Cpu size={16} aria-hidden />
      <span className="words">{device === null ? '…' : `${BACKEND_TEXT[device.backend]}: ${device.adapter}`}</span>
    </button>
  );
  return (
    <ChoiceMenu
      trigger={trigger}
      value={backend}
      options={CHOICES.map((value) => ({ value, text: BACKEND_TEXT[value] }))}
      onChange={(choice) => lab.chooseBackend(choice).catch(shown)}
    >
      {device !== null && device.fallbacks.length > 0 && (
        <p className="menu-note">{UI.header.fallbacks(device.fallbacks)}</p>
      )}
      {device?.passedOver.map(({ backend: name, reason }) => (
        <p key={name} className="menu-note">
          {`${BACKEND_TEXT[name]}: ${reason}.`}
        </p>
      ))}
    </ChoiceMenu>
  );
}
