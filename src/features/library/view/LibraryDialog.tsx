import './library.css';
import { useState } from 'react';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { useLibrary, useLibraryState } from '../../use-stores.ts';
import { LIBRARY_TEXT } from '../strings.ts';
import { GiveFiles } from './GiveFiles.tsx';
import { HubSets } from './HubSets.tsx';
import { KeptSets } from './KeptSets.tsx';
import { Reading } from './Reading.tsx';
import { SurveySheet } from './SurveySheet.tsx';
import { TableSheet } from './TableSheet.tsx';

/** A person's own data: to be given, looked at before it is used, and put away again. */
export function LibraryDialog() {
  const library = useLibrary();
  const asked = useLibraryState((state) => state.showing);
  const reading = useLibraryState((state) => state.reading);
  const survey = useLibraryState((state) => state.survey);
  const failure = useLibraryState((state) => state.failure);
  const unkept = useLibraryState((state) => state.unkept);
  const looking = useLibraryState((state) => state.looking);
  const offer = useLibraryState((state) => state.offer);
  const [share, setShare] = useState(0.2);
  const open = asked || looking || reading !== null || offer !== null || survey !== null || failure !== null;
  const close = () => {
    if (reading !== null || looking) library.cancel();
    library.forget();
  };
  const giving = reading === null && offer === null && survey === null;
  return (
    <Modal title={LIBRARY_TEXT.title} open={open} onOpen={(next) => (next ? library.show() : close())}>
      <div className="library">
        {giving && <GiveFiles share={share} onShare={setShare} />}
        {giving && <HubSets />}
        {reading !== null && <Reading fraction={reading} />}
        {reading === null && survey === null && offer !== null && (
          <TableSheet offer={offer} share={share} onShare={setShare} />
        )}
        {survey !== null && <SurveySheet key={survey.name} survey={survey} />}
        <div role="alert">
          {failure !== null && <p className="problem">{`${failure}.`}</p>}
          {unkept !== null && <p className="problem">{`${unkept}.`}</p>}
        </div>
        {giving && <KeptSets />}
      </div>
    </Modal>
  );
}
