import { APP_ROLES } from '../identity/identity.ts';
import type { DemoPerson } from './companies.ts';
import { type Html, html, NOTHING, trustedHtml } from './html.ts';
import { WORDS } from './words.ts';

/** Where the pages' own style and script are served. */
export const STYLE_PATH = '/demo-sign-in/sign-in.css';
export const SCRIPT_PATH = '/demo-sign-in/sign-in.js';

export interface PickerView {
  readonly company: string;
  /** The page's own path, where its forms go. */
  readonly action: string;
  readonly people: readonly DemoPerson[];
  readonly query: string;
  /** The account that this browser is signed in with already. */
  readonly currentOid: string | undefined;
  readonly suggestedMail: string | undefined;
  readonly code: 'not-needed' | 'needed' | 'wrong' | 'too-many';
}

/** The account picker. Works without script; with it the list follows the typing. */
export function pickerPage(view: PickerView): string {
  const people = sortForView(
    view.people.filter((person) => matches(person, view.query)),
    view,
  );
  return page(
    WORDS.pickTitle(view.company),
    html`<h1>${WORDS.pickTitle(view.company)}</h1>
<p class="lead">${WORDS.pickLead}</p>
<form class="search" role="search" method="get" action="${view.action}">
  <label for="q">${WORDS.search}</label>
  <div class="row"><input id="q" name="q" type="search" value="${view.query}" autocomplete="off" data-filter="people"><button class="quiet" type="submit">${WORDS.searchButton}</button></div>
</form>
<form method="post" action="${view.action}">
  ${codeField(view.code)}
  <ul class="people" id="people">${people.map((person) => personRow(person, view))}</ul>
  <p class="nobody"${people.length === 0 ? NOTHING : trustedHtml(' hidden')}>${WORDS.nobody}</p>
  <button class="quiet" type="submit" name="cancel" value="1" formnovalidate>${WORDS.cancel}</button>
</form>`,
  );
}

/** A link to start again, for a sign-in that nobody can finish any more. */
export function endedPage(): string {
  return messagePage(WORDS.endedTitle, WORDS.endedLead);
}

export function signedOutPage(): string {
  return messagePage(WORDS.signedOutTitle, WORDS.signedOutLead);
}

/** @param code the error code of the protocol, for whoever helps */
export function failedPage(code: string): string {
  return page(
    WORDS.failedTitle,
    html`<h1>${WORDS.failedTitle}</h1><p class="lead">${WORDS.failedLead}</p>
<p><a class="button" href="/">${WORDS.back}</a></p><details><summary>${WORDS.details}</summary><code>${code}</code></details>`,
  );
}

export type SignOutKind =
  /** The page that asked has proved whose sign-in it ends. */
  | 'at-once'
  /** That account is not the one signed in here: only the asking page forgets it. */
  | 'page-only'
  /** Anybody may have led the browser here: ask. */
  | 'ask';

/** @param form the library's own form, with its protection against forged requests */
export function signOutPage(form: string, kind: SignOutKind): string {
  const formId = 'op.logoutForm';
  const lead = kind === 'ask' ? WORDS.signOutLead : WORDS.signingOut;
  const button =
    kind === 'page-only'
      ? html`<button type="submit" form="${formId}" data-submit-at-once>${WORDS.signOut}</button>`
      : html`<button type="submit" form="${formId}" name="logout" value="yes"${trustedHtml(kind === 'at-once' ? ' data-submit-at-once' : '')}>${WORDS.signOut}</button>`;
  return page(
    WORDS.signOutTitle,
    html`<h1>${WORDS.signOutTitle}</h1><p class="lead">${lead}</p>${trustedHtml(form)}<p>${button}</p>`,
  );
}

function messagePage(title: string, lead: string): string {
  return page(
    title,
    html`<h1>${title}</h1><p class="lead">${lead}</p><p><a class="button" href="/">${WORDS.back}</a></p>`,
  );
}

function page(title: string, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${WORDS.product}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<script src="${SCRIPT_PATH}" defer></script>
</head>
<body>
<header><span class="product">${WORDS.product}</span><span class="badge">${WORDS.demo}</span></header>
<main>${main}</main>
</body>
</html>
`.markup;
}

function codeField(code: PickerView['code']): Html {
  if (code === 'not-needed') return NOTHING;
  const problem = code === 'wrong' ? WORDS.codeWrong : code === 'too-many' ? WORDS.codeTooMany : undefined;
  return html`<div class="code"><label for="code">${WORDS.code}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="16" aria-describedby="code-help">
<p id="code-help">${WORDS.codeHelp}</p>${problem === undefined ? NOTHING : html`<p class="problem" role="alert">${problem}</p>`}</div>`;
}

function personRow(person: DemoPerson, view: PickerView): Html {
  const tags = tagsOf(person, view).map((tag) => html`<span class="tag">${tag}</span>`);
  return html`<li data-text="${searchTextOf(person)}"><button class="person" type="submit" name="account" value="${person.oid}">
<span class="initials" aria-hidden="true">${initialsOf(person.displayName)}</span>
<span class="who"><span class="name">${person.displayName}</span><span class="job">${person.jobTitle}</span><span class="mail">${person.mail}</span></span>
<span class="tags">${tags}</span></button></li>
`;
}

function tagsOf(person: DemoPerson, view: PickerView): readonly string[] {
  const tags: string[] = [person.usually === 'headset' ? WORDS.headset : WORDS.desk];
  if (person.kind === 'guest') tags.push(WORDS.guest);
  if (person.roles.includes(APP_ROLES.vendor)) tags.push(WORDS.vendor);
  if (person.oid === view.currentOid) tags.push(WORDS.current);
  else if (person.mail === view.suggestedMail) tags.push(WORDS.suggested);
  return tags;
}

/** Who is signed in or suggested comes first; the rest stays where it was last time. */
function sortForView(people: readonly DemoPerson[], view: PickerView): readonly DemoPerson[] {
  const rank = (person: DemoPerson): number =>
    person.mail === view.suggestedMail ? 0 : person.oid === view.currentOid ? 1 : 2;
  return [...people].sort((a, b) => rank(a) - rank(b));
}

function matches(person: DemoPerson, query: string): boolean {
  return searchTextOf(person).includes(fold(query));
}

function searchTextOf(person: DemoPerson): string {
  return fold(`${person.displayName} ${person.jobTitle} ${person.mail}`);
}

/** Without case and accents, so that "lucia" finds "Lucía"; the script folds in the same way. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function initialsOf(name: string): string {
  const words = name.split(' ').filter((word) => /^\p{L}/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('');
}
