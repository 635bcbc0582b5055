import { IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** Forms of sign-in are small; the token request with its proof key is about 2 kB. */
const MAX_FORM_BYTES = 32 * 1024;

/** Headers of every page of the demo's sign-in. Its forms end at pages of the same origin alone. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

export function sendPage(res: ServerResponse, status: number, page: string): void {
  res.writeHead(status, { ...PAGE_HEADERS, 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}

export class FormTooLargeError extends Error {
  override readonly name = 'FormTooLargeError';
}

/** Reads a form; rejects with `FormTooLargeError` when it is no form that the demo would send. */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_FORM_BYTES) throw new FormTooLargeError();
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** A request like `req` whose body is this form: for a handler that reads the body itself, after we have. */
export function withForm(req: IncomingMessage, form: URLSearchParams): IncomingMessage {
  const body = Buffer.from(form.toString());
  const copy = new IncomingMessage(new Socket());
  copy.method = req.method;
  copy.url = req.url;
  copy.headers = { ...req.headers, 'content-length': String(body.length) };
  copy.push(body);
  copy.push(null);
  copy.complete = true;
  return copy;
}
