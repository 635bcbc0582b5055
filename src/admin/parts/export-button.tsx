import { useState } from 'preact/hooks';
import type { AdminFailure, AdminResult, ExportedFile } from '../../client/admin-api/admin-client.ts';
import { AdminIcon } from './admin-icon.tsx';
import { download } from './download.ts';
import { FailureNote } from './failure-note.tsx';

interface ExportButtonProps {
  readonly label: string;
  readonly busyLabel: string;
  readonly ask: () => Promise<AdminResult<ExportedFile>>;
}

/** Asks the hub for a file, which leaves a record there, and hands it to the browser. */
export function ExportButton({ label, busyLabel, ask }: ExportButtonProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AdminFailure | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    const result = await ask();
    setBusy(false);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) download(result.value.content, result.value.fileName);
  };
  return (
    <div class="export">
      <button type="button" class="button" aria-disabled={busy} onClick={busy ? undefined : () => void run()}>
        <AdminIcon name="download" />
        {busy ? busyLabel : label}
      </button>
      {failure === null ? null : <FailureNote failure={failure} />}
    </div>
  );
}
