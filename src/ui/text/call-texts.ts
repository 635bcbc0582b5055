import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { call } from './en/call.ts';
import { common } from './en/common.ts';
import { createTexts, type Texts } from './translate.ts';

/** What the parts of a call say on every page that shows them, whatever else the page's texts hold. */
export type CallTexts = Texts<typeof common & typeof call>;

export const CallTextsContext = createContext<CallTexts>(createTexts({ ...common, ...call }));
export const useCallTexts = (): CallTexts => useContext(CallTextsContext);
