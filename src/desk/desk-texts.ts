import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { call } from '../ui/text/en/call.ts';
import { common } from '../ui/text/en/common.ts';
import { desk } from '../ui/text/en/desk.ts';
import { meetings } from '../ui/text/en/meetings.ts';
import { refusals } from '../ui/text/en/refusals.ts';
import { signIn } from '../ui/text/en/sign-in.ts';
import { createTexts, type Texts } from '../ui/text/translate.ts';

export const deskCatalogue = { ...common, ...refusals, ...signIn, ...call, ...desk, ...meetings } as const;
export type DeskTexts = Texts<typeof deskCatalogue>;

export const DeskTextsContext = createContext<DeskTexts>(createTexts(deskCatalogue));
export const useTexts = (): DeskTexts => useContext(DeskTextsContext);
