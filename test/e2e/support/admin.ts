import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { FileTenant, PolicyFile } from '../../../src/hub/policy/schema.ts';
import type { Actor } from './actors.ts';

/** The access token that the page of somebody signed in gives the hub. */
export async function accessTokenOf(page: Page): Promise<string> {
  const connected = page.waitForEvent('websocket', { predicate: (socket) => socket.url().includes('access_token=') });
  await page.reload();
  const token = new URL((await connected).url()).searchParams.get('access_token');
  if (token === null) throw new Error('the page’s connection has no token');
  return token;
}

export interface PolicyChange {
  readonly origin: string;
  /** Somebody with the administrator's role, at their desk. */
  readonly admin: Actor;
  change(tenant: FileTenant): FileTenant;
}

/** Exports the administrator's own policy, changes it, and applies it, as the page for administrators does. */
export async function changePolicy({ origin, admin, change }: PolicyChange): Promise<void> {
  const headers = { Authorization: `Bearer ${await accessTokenOf(admin.page)}` };
  const request: APIRequestContext = admin.context.request;
  const exported = await request.get(`${origin}/api/admin/policy`, { headers });
  expect(exported.status()).toBe(200);
  const { text, revision } = (await exported.json()) as { readonly text: string; readonly revision: number };
  const file = JSON.parse(text) as PolicyFile;
  const changed = { ...file, tenants: file.tenants.map(change) };
  const data = { file: JSON.stringify(changed), revision };
  const applied = await request.post(`${origin}/api/admin/policy`, { headers, data });
  expect(await applied.json()).toMatchObject({ ok: true });
}
