interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/** Calls back when the machine is online again or has moved to another kind of network. Returns the clean-up. */
export function watchNetworkChanges(onChange: () => void): () => void {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  let type = connection?.type;
  // The event also tells every new estimate of the bandwidth, which is no reason to restart anything.
  const compareType = (): void => {
    if (connection?.type === type) return;
    type = connection?.type;
    onChange();
  };
  window.addEventListener('online', onChange);
  connection?.addEventListener('change', compareType);
  return () => {
    window.removeEventListener('online', onChange);
    connection?.removeEventListener('change', compareType);
  };
}
