import { Cpu } from 'lucide-react';
import { BACKENDS, type BackendChoice } from '../../core/experiment/device.ts';
import { deviceParts, SIMD_NOTE } from '../../features/race/device-strings.ts';
import { useLab, useLabState } from '../../features/use-stores.ts';
import { obstacle } from '../../isolation/isolate.ts';
import { ChoiceMenu } from '../../ui/controls/Choice.tsx';
import { BACKEND_TEXT, UI } from '../../ui/strings.ts';

const CHOICES: readonly BackendChoice[] = ['auto', ...BACKENDS];

/** What the nets train on, why it is not something faster, and another choice. */
export function DeviceMenu() {
  const lab = useLab();
  const device = useLabState((state) => state.device);
  const backend = useLabState((state) => state.backend);
  const [name, detail] = device === null ? ['…', ''] : deviceParts(device);
  const alone = device?.backend === 'wasm' ? obstacle() : null;
  const trigger = (
    <button type="button" className="btn mini device">
      <span className="vh">{`${UI.header.device}: `}</span>
      <Cpu size={16} aria-hidden />
      <span className="words">
        <span>{name}</span>
        <span className="detail">{detail}</span>
      </span>
    </button>
  );
  return (
    <ChoiceMenu
      trigger={trigger}
      value={backend}
      options={CHOICES.map((value) => ({ value, text: BACKEND_TEXT[value] }))}
      onChange={(choice) => lab.chooseBackend(choice)}
    >
      {device !== null && device.fallbacks.length > 0 && (
        <p className="menu-note">{UI.header.fallbacks(device.fallbacks)}</p>
      )}
      {alone !== null && <p className="menu-note">{UI.header.oneThread[alone]}</p>}
      {device?.simd !== undefined && <p className="menu-note">{SIMD_NOTE[device.simd]}</p>}
      {device?.passedOver.map((each) => (
        <p key={each.backend} className="menu-note">
          {`${BACKEND_TEXT[each.backend]}: ${each.reason}.`}
        </p>
      ))}
    </ChoiceMenu>
  );
}
