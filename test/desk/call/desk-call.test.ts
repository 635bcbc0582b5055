import { signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { createMesh } from '../../../src/client/call/mesh.ts';
import type { LocalDevices } from '../../../src/client/media/local-media.ts';
import { createOwnMedia, type OwnMediaProblem } from '../../../src/client/media/own-media.ts';
import type { CallSession, LinkQuality, LinkState, PeerLink, PoseTransport } from '../../../src/client/types.ts';
import { createDeskCall } from '../../../src/desk/call/desk-call.ts';
import type { RefusalCode } from '../../../src/domain/call/refusal.ts';
import type { MeetingKind } from '../../../src/domain/meeting/model.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA, PRIYA } from '../../support/desk-harness/people.ts';
import { createFakeDevices } from '../../support/fake-devices.ts';

const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
const CAMERA = { audio: true, video: 'camera', problem: 'none' } as const;
const settled = () => new Promise((resolve) => setImmediate(resolve));

function fakeLink(peer: string) {
  const sent: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null } = { audio: null, video: null };
  const quality: LinkQuality = {
    level: 'unknown',
    roundTripMs: null,
    lossRatio: null,
    receivedKbps: null,
    sentKbps: null,
    framesPerSecond: null,
    frameWidthPx: null,
    frameHeightPx: null,
  };
  let disposed = 0;
  const link: PeerLink = {
    peer,
    state: signal<LinkState>('connecting'),
    quality: signal(quality),
    remoteAudio: signal<MediaStream | null>(null),
    remoteVideo: signal<MediaStream | null>(null),
    poseTransport: signal<PoseTransport>('none'),
    setLocalAudio(track) {
      sent.audio = track;
    },
    setLocalVideo(track) {
      sent.video = track;
    },
    limitVideo: () => undefined,
    tagOfFrame: () => null,
    dispose() {
      disposed += 1;
    },
  };
  return { link, sent, disposed: () => disposed };
}

function setUp(instead: Partial<LocalDevices> = {}, kind: MeetingKind = 'scheduled') {
  const call = createFakeCall(id(1), ALEX, kind);
  call.as('hub', { type: 'create', kind: 'meeting', title: 'Valve', meetingId: id(9) });
  call.as('hub', { type: 'join', ...ALEX, media: { audio: false, video: 'off', problem: 'none' } });
  const { devices, tracks } = createFakeDevices(instead);
  const problems: OwnMediaProblem[] = [];
  const refused: RefusalCode[] = [];
  const own = createOwnMedia({ devices, cameraEnded: 'missing', onProblem: (problem) => problems.push(problem) });
  const links = new Map<string, ReturnType<typeof fakeLink>>();
  const createLink = (_session: CallSession, peer: string): PeerLink => {
    const made = fakeLink(peer);
    links.set(peer, made);
    return made.link;
  };
  const desk = createDeskCall({
    session: call.session,
    me: ALEX.person,
    own,
    openMedia: createMesh(createLink),
    onRefused: ({ code }) => refused.push(code),
    onScreenClosed: () => undefined,
  });
  const told = () => call.state().participants[ALEX.person]?.media;
  return { call, desk, own, links, tracks, problems, refused, told };
}

describe('End Call', () => {
  it('leaves at once', async () => {
    const { call, desk } = setUp();
    desk.end();
    await settled();
    expect(desk.asksToEnd.value).toBe(false);
    expect(call.state().participants[ALEX.person]?.state).toBe('left');
  });

  it('asks first where that ends the call for good', async () => {
    const { call, desk } = setUp({}, 'oneTime');
    call.as('hub', { type: 'join', ...DANA, media: CAMERA });
    const own = () => call.state().participants[ALEX.person]?.state;
    desk.end();
    expect([desk.asksToEnd.value, own()]).toEqual([true, 'joined']);
    desk.stay();
    expect([desk.asksToEnd.value, own()]).toEqual([false, 'joined']);
    desk.end();
    await desk.leave();
    expect([desk.asksToEnd.value, own()]).toEqual([false, 'left']);
  });
});

describe('the links of a call', () => {
  it('lead to everybody who is in it, as long as they are', () => {
    const { call, desk, links } = setUp();
    call.as('hub', { type: 'join', ...DANA, media: CAMERA });
    call.as('hub', { type: 'join', ...PRIYA, media: CAMERA });
    expect([...desk.links.value.keys()]).toEqual([DANA.person, PRIYA.person]);
    call.as(PRIYA, { type: 'leave' });
    expect([...desk.links.value.keys()]).toEqual([DANA.person]);
    expect(links.get(PRIYA.person)?.disposed()).toBe(1);
    expect(links.get(DANA.person)?.disposed()).toBe(0);
  });

  it('stay while somebody is only away from the hub', () => {
    const { call, desk } = setUp();
    call.as('hub', { type: 'join', ...DANA, media: CAMERA });
    const before = desk.links.value.get(DANA.person);
    call.as('hub', { type: 'loseConnection', person: DANA.person });
    expect(desk.links.value.get(DANA.person)).toBe(before);
  });

  it('do not lead to somebody who is only being rung', () => {
    const { call, desk } = setUp();
    call.as('hub', { type: 'ring', ...DANA, from: ALEX.person });
    expect(desk.links.value.size).toBe(0);
    expect(desk.others.value.map(({ name }) => name)).toEqual(['Dana Reyes']);
  });

  it('end with the call, and what is sent with them', async () => {
    const { call, desk, own, links, tracks } = setUp();
    call.as('hub', { type: 'join', ...DANA, media: CAMERA });
    await own.start(CAMERA);
    desk.dispose();
    expect(links.get(DANA.person)?.disposed()).toBe(1);
    expect(tracks.map((track) => track.stops)).toEqual([1, 1]);
  });
});

describe('what the desk sends', () => {
  it('goes to everybody, also to those who come later, and the call is told', async () => {
    const { call, own, links, told } = setUp();
    await own.start(CAMERA);
    call.as('hub', { type: 'join', ...DANA, media: CAMERA });
    await settled();
    expect(links.get(DANA.person)?.sent.audio).toBe(own.audioTrack.value);
    expect(links.get(DANA.person)?.sent.video).toBe(own.videoTrack.value);
    expect(told()).toEqual(CAMERA);
  });

  it('is silent when muted, without giving the microphone back', async () => {
    const { own, tracks, told } = setUp();
    await own.setMuted(false);
    await own.setMuted(true);
    await settled();
    expect(tracks.map((track) => [track.enabled, track.stops])).toEqual([[false, 0]]);
    expect(told()?.audio).toBe(false);
    await own.setMuted(false);
    expect(tracks).toHaveLength(1);
  });

  it('is the screen instead of the camera, and nothing once the browser ends the sharing', async () => {
    const { own, tracks, told } = setUp();
    await own.setVideo('camera');
    await own.setVideo('screen');
    await settled();
    expect(told()?.video).toBe('screen');
    expect(tracks[0]?.stops).toBe(1);
    tracks[1]?.end();
    await settled();
    expect(told()?.video).toBe('off');
  });

  it('tells both sides when there is no camera, and goes on with audio', async () => {
    const { own, problems, told } = setUp({ camera: async () => ({ ok: false, problem: 'denied' }) });
    await own.start(CAMERA);
    await settled();
    expect(problems).toEqual([{ device: 'camera', problem: 'denied' }]);
    expect(told()).toEqual({ audio: true, video: 'off', problem: 'denied' });
  });
});

describe('the picture on stage', () => {
  it("is the headset's before any other", () => {
    const { call, desk } = setUp();
    call.as('hub', { type: 'join', ...PRIYA, media: CAMERA });
    expect(desk.onStage.value?.person).toBe(PRIYA.person);
    call.as('hub', { type: 'join', ...DANA, media: { audio: true, video: 'off', problem: 'none' } });
    expect(desk.onStage.value?.person).toBe(DANA.person);
  });

  it('is the chosen one while they are there', () => {
    const { call, desk } = setUp();
    call.as('hub', { type: 'join', ...DANA, media: CAMERA });
    call.as('hub', { type: 'join', ...PRIYA, media: CAMERA });
    desk.putOnStage(PRIYA.person);
    expect(desk.onStage.value?.person).toBe(PRIYA.person);
    call.as(PRIYA, { type: 'leave' });
    expect(desk.onStage.value?.person).toBe(DANA.person);
  });

  it('is the one that is being drawn on, whoever comes meanwhile; the tools are for what is on stage', () => {
    const { call, desk } = setUp();
    const carla = { person: 'anon:carla', name: 'Carla', device: { id: 'p', kind: 'phone' } } as const;
    call.as('hub', { type: 'join', ...carla, media: CAMERA });
    const picture = { on: 'still', target: carla.person, stillId: id(50), widthPx: 720, heightPx: 1280 } as const;
    desk.editing.freeze({ ...picture, jpeg: new Promise(() => undefined) });
    call.as('hub', { type: 'join', ...DANA, media: CAMERA });
    expect(desk.onStage.value?.person).toBe(carla.person);
    desk.putOnStage(DANA.person);
    expect(desk.onStage.value?.person).toBe(DANA.person);
    expect(desk.editing.frozen.value).toBeNull();
  });

  it('is nobody while one is alone', () => {
    expect(setUp().desk.onStage.value).toBeNull();
  });
});
