import type { ReadonlySignal } from '@preact/signals-core';
import type { PersonKey } from '../../domain/call/state.ts';
import type { OwnMedia } from '../media/own-media.ts';
import type { CallSession, MediaLink } from '../types.ts';

/** What has to be carried. */
export interface MediaPathsRequest {
  readonly session: CallSession;
  /** Everybody else who is in the call now, in no order that means anything. */
  readonly peers: ReadonlySignal<readonly PersonKey[]>;
  /** What this page sends, and whether its picture is a camera or a screen. */
  readonly own: Pick<OwnMedia, 'audioTrack' | 'videoTrack' | 'media'>;
}

/** How sound and pictures go between this page and everybody else of a call. */
export interface MediaPaths {
  /** One for each of `peers`, as long as they are there. The same object as long as it is the same person's. */
  readonly links: ReadonlySignal<ReadonlyMap<PersonKey, MediaLink>>;
  dispose(): void;
}

/**
 * The seam between a call and what carries it. Today it is `createMesh`: a connection to everybody. A server that forwards
 * one picture to many takes its place by another function of this kind, given to the pages in their entry files; nothing else
 * of a page knows who carries the media.
 */
export type OpenMediaPaths = (request: MediaPathsRequest) => MediaPaths;
