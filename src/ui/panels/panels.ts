import { addPeoplePanel } from './add-people.ts';
import { callButtons, toolsPanel } from './call-tools.ts';
import type { PanelDescription } from './description.ts';
import { enterRoomPanel } from './enter-room.ts';
import { entrancePanel } from './entrance.ts';
import { homePanel, menuPanel, settingsPanel } from './home.ts';
import { lobbyPanel, ownPlacePanel } from './lobby.ts';
import { cameraLivePanel, noticesPanel } from './notices.ts';
import { oneTimePanels } from './one-time.ts';
import { peoplePanel } from './people.ts';
import { endCallPanel, incomingPanel, startVideoPanel } from './questions.ts';
import { searchPanel } from './search.ts';
import type { CallView, HeadsetTexts, HeadsetView, HomeView } from './view.ts';

/** Every panel that stands open now, in reading order. A pure function: the same view gives the same panels. */
export function describePanels(view: HeadsetView, texts: HeadsetTexts): readonly PanelDescription[] {
  const panels = [
    noticesPanel(view, texts),
    lobbyAtWork(view, texts),
    ...screenPanels(view, texts),
    roomPanel(view, texts),
  ];
  return panels.filter((one) => one !== null);
}

/** Only where somebody can do something about it, and not while they are asked something else. */
function lobbyAtWork(view: HeadsetView, texts: HeadsetTexts): PanelDescription | null {
  const { screen } = view;
  const isFree =
    (screen.screen === 'call' && !screen.asksToEnd) || (screen.screen === 'home' && screen.incoming === null);
  return isFree ? lobbyPanel(view, texts) : null;
}

/** Signing in leaves the page, which would end a session in the room: the way there opens behind it. */
function roomPanel({ screen, room }: HeadsetView, texts: HeadsetTexts): PanelDescription | null {
  return screen.screen === 'home' || screen.screen === 'call' ? enterRoomPanel(room, texts) : null;
}

function screenPanels(view: HeadsetView, texts: HeadsetTexts): readonly (PanelDescription | null)[] {
  const { screen } = view;
  switch (screen.screen) {
    case 'home':
      return homePanels(screen, view, texts);
    case 'call':
      return callPanels(screen, view, texts);
    default:
      return [entrancePanel(screen, texts)];
  }
}

/**
 * While somebody is looked for, the room has no place for more than Mute and End Call beside the search, and while the wearer
 * is asked whether to end the call, for no more than the tools: the page keeps the rest.
 */
function callPanels(call: CallView, view: HeadsetView, texts: HeadsetTexts): readonly (PanelDescription | null)[] {
  const { adding } = call;
  const cameraLive = cameraLivePanel(call, texts);
  const people = peoplePanel(call, texts);
  const tools = toolsPanel(call, view, texts);
  if (call.asksToEnd) return [cameraLive, endCallPanel(texts), { ...people, surface: 'page' }, tools];
  if (adding === null) return [cameraLive, people, tools];
  const search = addPeoplePanel({ ...call, adding }, view, texts);
  const inRoom = { ...search, surface: 'room', header: [...callButtons(call, texts), ...search.header] } as const;
  const onPage = [people, search, tools].map((one) => ({ ...one, surface: 'page' }) as const);
  return [cameraLive, inRoom, ...onPage];
}

/** A question stands alone in front of the contacts, so that one thing is asked at a time. */
function homePanels(home: HomeView, view: HeadsetView, texts: HeadsetTexts): readonly PanelDescription[] {
  if (home.incoming !== null) return [incomingPanel(home.incoming, texts)];
  if (home.place !== null) return [ownPlacePanel(home.place, texts)];
  if (home.starting !== null && !home.starting.asked) return [startVideoPanel(home.starting, texts)];
  switch (home.open) {
    case 'none':
      return [homePanel(home, view, texts)];
    case 'menu':
      return [menuPanel(home, texts)];
    case 'settings':
      return [settingsPanel(home, texts)];
    case 'oneTime':
      return oneTimePanels(home, texts);
    case 'search':
      return [searchPanel(home, view, texts)];
  }
}
