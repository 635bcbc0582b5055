import type { PanelCommand } from '../ui/panels/command.ts';
import type { HeadsetApp } from './app.ts';
import type { HeadsetCall } from './call/headset-call.ts';
import type { Entrance } from './entrance.ts';
import type { RoomControl } from './room-control.ts';

export interface CommandTargets {
  readonly entrance: Entrance<HeadsetApp>;
  readonly room: RoomControl;
}

/** What a command finds: nobody signed in, or no call, and it does nothing. */
interface Parts extends CommandTargets {
  readonly app: HeadsetApp | null;
  readonly call: HeadsetCall | null;
}

type Handlers = {
  readonly [Type in PanelCommand['type']]: (
    command: Extract<PanelCommand, { readonly type: Type }>,
    parts: Parts,
  ) => unknown;
};

/** Every command of every panel, exhaustive by its type. */
const HANDLERS: Handlers = {
  retry: (_command, { app, entrance }) => app === null && entrance.start(),
  chooseTenant: ({ tenant }, { entrance }) => entrance.chooseTenant(tenant),
  changeTenant: (_command, { entrance }) => entrance.changeTenant(),
  signIn: (_command, { entrance }) => entrance.signIn(),
  signOut: (_command, { entrance }) => entrance.signOut(),
  toggleMenu: (_command, { app }) => app?.open(isMenuOpen(app) ? 'none' : 'menu'),
  openSettings: (_command, { app }) => app?.open('settings'),
  closeSettings: (_command, { app }) => app?.open('none'),
  openOneTime: (_command, { app }) => {
    app?.open('oneTime');
    void app?.oneTime.show();
  },
  createOneTime: (_command, { app }) => app?.oneTime.create(),
  closeOneTime: (_command, { app }) => app?.open('none'),
  openSearch: (_command, { app }) => app?.open('search'),
  closeSearch: (_command, { app }) => app?.open('none'),
  searchFor: ({ query }, { app }) => app?.search.set(query),
  typeKey: ({ character }, { app }) => app?.search.set(app.search.view.value.query + character),
  deleteKey: (_command, { app }) => app?.search.set([...app.search.view.value.query].slice(0, -1).join('')),
  openAddPeople: (_command, { app }) => app?.adding.open(),
  closeAddPeople: (_command, { app }) => app?.adding.close(),
  addPerson: ({ person }, { app, call }) => call && app?.adding.add(call.session.callId, person),
  callOff: ({ person }, { call }) => call?.send({ type: 'callOff', person }),
  callPerson: ({ person }, { app }) => app?.askToCall(person),
  joinMeeting: ({ meetingId }, { app }) => app?.askToJoin(meetingId),
  admit: ({ meetingId, people }, { app }) => app?.decide('admit', meetingId, people),
  deny: ({ meetingId, people }, { app }) => app?.decide('deny', meetingId, people),
  leaveLobby: (_command, { app }) => app?.client.door.leave(),
  answer: ({ video }, { app }) => app?.answer(video),
  ignore: (_command, { app }) => app?.ignore(),
  start: ({ video }, { app }) => app?.start(video),
  cancelStart: (_command, { app }) => app?.cancelStart(),
  closeScreen: (_command, { call }) => call?.closeScreen(),
  toggleMute: (_command, { call }) => call?.own.setMuted(!call.own.muted.value),
  toggleVideo: (_command, { call }) => call?.own.setVideo(call.own.videoTrack.value === null ? 'camera' : 'off'),
  selectTool: ({ tool }, { call }) => call?.selectTool(tool),
  toggleColours: (_command, { call }) => call?.toggleColours(),
  selectColour: ({ colour }, { call }) => call?.selectColour(colour),
  undo: (_command, { call }) => call?.send({ type: 'undo' }),
  eraseAll: (_command, { call }) => call?.send({ type: 'eraseAll' }),
  togglePin: (_command, { room }) => room.togglePin(),
  endCall: (_command, { call }) => call?.end(),
  endForGood: (_command, { call }) => call?.leave(),
  stayInCall: (_command, { call }) => call?.stay(),
  dismissNotice: (_command, { app }) => app?.dismissNotice(),
  enterRoom: (_command, { room }) => room.enter(),
  leaveRoom: (_command, { room }) => room.leave(),
  emulate: (_command, { room }) => room.emulate(),
};

export function handleCommand(command: PanelCommand, targets: CommandTargets): void {
  const app = targets.entrance.part.value;
  const parts: Parts = { ...targets, app, call: app?.call.value ?? null };
  // The table pairs each type with its own command; TypeScript cannot follow that through an index.
  const handle = HANDLERS[command.type] as (command: PanelCommand, parts: Parts) => unknown;
  handle(command, parts);
}

function isMenuOpen(app: HeadsetApp): boolean {
  const screen = app.screen.value;
  return screen.screen === 'home' && screen.open === 'menu';
}
