/** Hands a file to the browser, as if it came from an address. */
export function download(content: Blob, fileName: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken what it needs when the click is over; Safari wants a moment more.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
