import { toolsPanel } from './call-tools.ts';
import type { PanelDescription } from './description.ts';
import { enterRoomPanel } from './enter-room.ts';
import { entrancePanel } from './entrance.ts';
import { homePanel, menuPanel, settingsPanel } from './home.ts';
import { cameraLivePanel, noticesPanel } from './notices.ts';
import { peoplePanel } from './people.ts';
import { incomingPanel, startVideoPanel } from './questions.ts';
import { searchPanel } from './search.ts';
import type { HeadsetTexts, HeadsetView, HomeView } from './view.ts';

/** Every panel that stands open now, in reading order. A pure function: the same view gives the same panels. */
export function describePanels(view: HeadsetView, texts: HeadsetTexts): readonly PanelDescription[] {
  const panels = [noticesPanel(view, texts), ...screenPanels(view, texts), roomPanel(view, texts)];
  return panels.filter((one) => one !== null);
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
      return [cameraLivePanel(screen, texts), peoplePanel(screen, texts), toolsPanel(screen, view, texts)];
    default:
      return [entrancePanel(screen, texts)];
  }
}

/** A question stands alone in front of the contacts, so that one thing is asked at a time. */
function homePanels(home: HomeView, view: HeadsetView, texts: HeadsetTexts): readonly PanelDescription[] {
  if (home.incoming !== null) return [incomingPanel(home.incoming, texts)];
  if (home.starting !== null && !home.starting.asked) return [startVideoPanel(home.starting, texts)];
  switch (home.open) {
    case 'none':
      return [homePanel(home, view, texts)];
    case 'menu':
      return [menuPanel(home, texts)];
    case 'settings':
      return [settingsPanel(home, texts)];
    case 'search':
      return [searchPanel(home, view, texts)];
  }
}
