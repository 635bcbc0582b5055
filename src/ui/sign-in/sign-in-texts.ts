import type { common } from '../text/en/common.ts';
import type { signIn } from '../text/en/sign-in.ts';
import type { Texts } from '../text/translate.ts';

/** What the way to the sign-in says, whatever else the page's texts hold. */
export type SignInTexts = Texts<typeof common & typeof signIn>;
