import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { admin } from '../ui/text/en/admin.ts';
import { adminAudit } from '../ui/text/en/admin-audit.ts';
import { adminMeetings } from '../ui/text/en/admin-meetings.ts';
import { common } from '../ui/text/en/common.ts';
import { refusals } from '../ui/text/en/refusals.ts';
import { signIn } from '../ui/text/en/sign-in.ts';
import { createTexts, type Texts } from '../ui/text/translate.ts';

export const adminCatalogue = { ...common, ...refusals, ...signIn, ...admin, ...adminAudit, ...adminMeetings } as const;
export type AdminTexts = Texts<typeof adminCatalogue>;

export const AdminTextsContext = createContext<AdminTexts>(createTexts(adminCatalogue));
export const useTexts = (): AdminTexts => useContext(AdminTextsContext);
