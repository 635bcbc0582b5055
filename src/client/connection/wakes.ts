/**
 * Calls back when the way to the hub may be open again: the machine is online, the page is looked at again (a headset that
 * was put down, a tab in the background). Returns the clean-up.
 */
export function watchPageWakes(onWake: () => void): () => void {
  const whenVisible = (): void => {
    if (document.visibilityState === 'visible') onWake();
  };
  window.addEventListener('online', onWake);
  document.addEventListener('visibilitychange', whenVisible);
  return () => {
    window.removeEventListener('online', onWake);
    document.removeEventListener('visibilitychange', whenVisible);
  };
}
