import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { OpenMediaPaths } from '../client/call/media-paths.ts';
import { isNotConnected } from '../client/connection/not-connected.ts';
import type { LocalDevices } from '../client/media/local-media.ts';
import { createOwnMedia, type OwnMedia, type OwnMediaProblem } from '../client/media/own-media.ts';
import type { SwitchNews } from '../client/sign-in/entry.ts';
import type { CallSession, SightlineClient } from '../client/types.ts';
import { NO_MEDIA } from '../domain/call/initial.ts';
import { missingLicence, type Refusal, type Result } from '../domain/call/refusal.ts';
import type { MediaState, PersonKey } from '../domain/call/state.ts';
import { refusalKey } from '../ui/text/refusal-key.ts';
import { createDeskCall, type DeskCall } from './call/desk-call.ts';
import { sayEndings } from './calls/say-endings.ts';
import type { DeskTexts } from './desk-texts.ts';
import { createToasts, type Toasts } from './shell/toasts.ts';

export type Section = 'contacts' | 'meetings' | 'oneTime' | 'call';

/** The desk of somebody who is signed in: what its views show and do. */
export interface Desk {
  readonly client: SightlineClient;
  readonly toasts: Toasts;
  readonly call: ReadonlySignal<DeskCall | null>;
  readonly section: ReadonlySignal<Section>;
  /** Set while a call or a meeting is being entered: one at a time. */
  readonly entering: ReadonlySignal<string | null>;
  show(section: Section): void;
  ring(person: PersonKey, withVideo: boolean): Promise<void>;
  join(meetingId: string): Promise<void>;
  answer(incoming: CallSession, withVideo: boolean): Promise<void>;
  ignore(incoming: CallSession): void;
  /** Rings one more person into the call; null when they ring, else why not. */
  add(person: PersonKey): Promise<Refusal | null>;
  /** Works on as the same person in another company; a call ends first. */
  switchTenant(tid: string): Promise<void>;
  signOut(): void;
  dispose(): void;
}

export interface DeskDeps {
  readonly client: SightlineClient;
  readonly devices: LocalDevices;
  readonly texts: DeskTexts;
  readonly openMedia: OpenMediaPaths;
  /** @param mail whom the other company should expect */
  switchTenant(tid: string, mail: string): void;
  signOut(): void;
}

export function createDesk(deps: DeskDeps): Desk {
  const { client, texts } = deps;
  const toasts = createToasts();
  const section = signal<Section>('contacts');
  const entering = signal<string | null>(null);
  const call = signal<DeskCall | null>(null);
  /** Capturing starts with the click, while the hub is still being asked. */
  let prepared: OwnMedia | null = null;

  const sayRefused = (refusal: Refusal): void => toasts.say(refusalText(texts, refusal), { refusal });
  const newOwnMedia = (): OwnMedia =>
    createOwnMedia({
      devices: deps.devices,
      // Most cameras of desks end by being pulled out.
      cameraEnded: 'missing',
      onProblem: (problem) => toasts.say(problemText(texts, problem)),
    });

  async function enter(id: string, wanted: Partial<MediaState>, ask: () => Promise<Result<unknown>>): Promise<void> {
    if (entering.value !== null) return;
    entering.value = id;
    const own = newOwnMedia();
    prepared = own;
    void own.start({ ...NO_MEDIA, ...wanted });
    const result = await ask();
    entering.value = null;
    if (prepared === own) {
      // Refused, or the call was over before it began: nobody has taken what was captured.
      prepared = null;
      own.dispose();
    }
    if (!result.ok) sayRefused(result.refusal);
  }

  function open(session: CallSession, me: PersonKey): DeskCall {
    const own = prepared ?? newOwnMedia();
    // A page that was reloaded in its call goes on with what it sent before; a screen needs a new click.
    const before = session.state.value.participants[me]?.media ?? NO_MEDIA;
    if (prepared === null) void own.start({ ...before, video: before.video === 'screen' ? 'off' : before.video });
    prepared = null;
    sayEndings(session, me, { toasts, texts });
    return createDeskCall({
      ...{ session, me, own, openMedia: deps.openMedia, onRefused: sayRefused },
      onScreenClosed: (name, stopped) =>
        toasts.say(texts.t(stopped ? 'call.screenStopped' : 'call.screenClosed', { name })),
    });
  }

  const currentSession = computed(() => client.current.value);
  const myKey = computed(() => client.me.value?.key ?? null);
  const stopFollowing = effect(() => {
    const session = currentSession.value;
    const me = myKey.value;
    untracked(() => {
      if (call.value?.session === session) return;
      call.value?.dispose();
      call.value = session === null || me === null ? null : open(session, me);
      section.value = call.value === null ? 'contacts' : 'call';
    });
  });

  const stopHearing = client.onMovedAway(() => toasts.say(texts.t('ended.elsewhere'), { lasts: true }));

  return {
    client,
    toasts,
    call,
    section,
    entering,
    show: (next) => {
      section.value = next;
    },
    ring: (person, withVideo) => {
      const wanted = wants(withVideo);
      return enter(person, wanted, () => client.call(person, NO_MEDIA));
    },
    join: (meetingId) => enter(meetingId, wants(false), () => client.joinMeeting(meetingId, NO_MEDIA)),
    async answer(incoming, withVideo) {
      // Who waits in a lobby goes out of it to take a call.
      await client.door.leave();
      await enter(incoming.callId, wants(withVideo), () => incoming.send({ type: 'answer', media: NO_MEDIA }));
    },
    ignore: (incoming) => void incoming.send({ type: 'decline', reason: 'declined' }),
    async add(person) {
      const callId = call.value?.session.callId;
      if (callId === undefined) return { code: 'not-in-call' };
      const result = await client.add(callId, person);
      return result.ok ? null : result.refusal;
    },
    async switchTenant(tid) {
      const mail = client.me.value?.mail ?? '';
      // Left rather than lost: the others need not wait for somebody who will not come back.
      if (client.status.value === 'online') await call.value?.leave();
      deps.switchTenant(tid, mail);
    },
    signOut: deps.signOut,
    dispose: () => {
      stopHearing();
      stopFollowing();
      call.value?.dispose();
      call.value = null;
      prepared?.dispose();
      toasts.dispose();
    },
  };
}

const wants = (withVideo: boolean): Partial<MediaState> => ({ audio: true, video: withVideo ? 'camera' : 'off' });

export function problemText({ t }: DeskTexts, { device, problem }: OwnMediaProblem): string {
  if (device === 'screen') return t('own.screenDenied');
  const words = {
    microphone: {
      denied: 'own.microphoneDenied',
      missing: 'own.microphoneMissing',
      busy: 'own.microphoneBusy',
    },
    camera: { denied: 'own.cameraDenied', missing: 'own.cameraMissing', busy: 'own.cameraBusy' },
  } as const;
  return t(words[device][problem]);
}

export function refusalText({ t }: DeskTexts, refusal: Refusal): string {
  if (isNotConnected(refusal)) return t('desk.notConnected');
  const licence = missingLicence(refusal);
  return licence === null ? t(refusalKey(refusal)) : t('closed.licence', { licence });
}

/** Where somebody works now, said once after a switch, or why it did not come to that. */
export function switchNewsText({ t }: DeskTexts, news: SwitchNews, tenant: { readonly name: string }): string {
  if (news.kind === 'switched') return t('tenant.switched', { company: tenant.name });
  const names = { company: tenant.name, wanted: news.wanted.name };
  return t(news.problem?.code === 'unreachable' ? 'tenant.unreachable' : 'tenant.stayed', names);
}
