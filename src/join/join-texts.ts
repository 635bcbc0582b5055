import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { call } from '../ui/text/en/call.ts';
import { common } from '../ui/text/en/common.ts';
import { join } from '../ui/text/en/join.ts';
import { refusals } from '../ui/text/en/refusals.ts';
import { signIn } from '../ui/text/en/sign-in.ts';
import { createTexts, type Texts } from '../ui/text/translate.ts';

export const joinCatalogue = { ...common, ...refusals, ...signIn, ...call, ...join } as const;
export type JoinTexts = Texts<typeof joinCatalogue>;

export const JoinTextsContext = createContext<JoinTexts>(createTexts(joinCatalogue));
export const useTexts = (): JoinTexts => useContext(JoinTextsContext);
