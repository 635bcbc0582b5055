import type { Colour } from '../../domain/annotation/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';

/** What the wearer draws with; `none` lets the ray point at panels only. */
export type DrawingTool = 'none' | 'arrow' | 'ink';

/** Everything a control of a panel can ask for. Closed, and handled in one place of the page. */
export type PanelCommand =
  | { readonly type: 'retry' }
  | { readonly type: 'chooseTenant'; readonly tenant: string }
  | { readonly type: 'changeTenant' }
  | { readonly type: 'signIn' }
  | { readonly type: 'signOut' }
  | { readonly type: 'toggleMenu' }
  | { readonly type: 'openSettings' }
  | { readonly type: 'closeSettings' }
  /** Shows the link for a customer; makes one where there is none. */
  | { readonly type: 'openOneTime' }
  /** Another link, for another customer. */
  | { readonly type: 'createOneTime' }
  | { readonly type: 'closeOneTime' }
  | { readonly type: 'openSearch' }
  | { readonly type: 'closeSearch' }
  | { readonly type: 'searchFor'; readonly query: string }
  | { readonly type: 'typeKey'; readonly character: string }
  | { readonly type: 'deleteKey' }
  | { readonly type: 'callPerson'; readonly person: PersonKey }
  | { readonly type: 'openAddPeople' }
  | { readonly type: 'closeAddPeople' }
  | { readonly type: 'addPerson'; readonly person: PersonKey }
  /** Stops ringing one person. */
  | { readonly type: 'callOff'; readonly person: PersonKey }
  | { readonly type: 'joinMeeting'; readonly meetingId: string }
  /** Lets those in who wait at a meeting's door. */
  | { readonly type: 'admit'; readonly meetingId: string; readonly people: readonly PersonKey[] }
  | { readonly type: 'deny'; readonly meetingId: string; readonly people: readonly PersonKey[] }
  | { readonly type: 'leaveLobby' }
  | { readonly type: 'answer'; readonly video: boolean }
  | { readonly type: 'ignore' }
  | { readonly type: 'start'; readonly video: boolean }
  | { readonly type: 'cancelStart' }
  | { readonly type: 'closeScreen' }
  | { readonly type: 'toggleMute' }
  | { readonly type: 'toggleVideo' }
  | { readonly type: 'selectTool'; readonly tool: DrawingTool }
  | { readonly type: 'toggleColours' }
  | { readonly type: 'selectColour'; readonly colour: Colour }
  | { readonly type: 'undo' }
  | { readonly type: 'eraseAll' }
  | { readonly type: 'togglePin' }
  /** Asks first where that ends the call for good. */
  | { readonly type: 'endCall' }
  /** After having been asked. */
  | { readonly type: 'endForGood' }
  | { readonly type: 'stayInCall' }
  | { readonly type: 'dismissNotice' }
  | { readonly type: 'enterRoom' }
  | { readonly type: 'leaveRoom' }
  | { readonly type: 'emulate' };
