import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useLab, useLabState } from '../../lab/use-lab.ts';
import { BACKENDS, type BackendChoice } from '../../spec/device.ts';
import { BACKEND_TEXT, UI } from '../../text/ui.ts';
import { shown } from '../shown.ts';

const CHOICES: readonly BackendChoice[] = ['auto', ...BACKENDS];

/** What the nets train on, why it is not something faster, and another choice. */
export function DeviceMenu() {
  const lab = useLab();
  const device = useLabState((state) => state.device);
  const backend = useLabState((state) => state.backend);
  const choose = (value: string) => {
    const choice = CHOICES.find((each) => each === value);
    if (choice !== undefined && choice !== backend) lab.chooseBackend(choice).catch(shown);
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="btn mini device">
        <span className="vh">{UI.header.device}: </span>
        {device === null ? '…' : `${BACKEND_TEXT[device.backend]}: ${device.adapter}`}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.RadioGroup value={backend} onValueChange={choose}>
            {CHOICES.map((choice) => (
              <DropdownMenu.RadioItem key={choice} value={choice} className="menu-item">
                <span className="check">
                  <DropdownMenu.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                {BACKEND_TEXT[choice]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          {device?.passedOver.map(({ backend: name, reason }) => (
            <p key={name} className="menu-note">
              {BACKEND_TEXT[name]}: {reason}.
            </p>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
