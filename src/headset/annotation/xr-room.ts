/** The running XR session as annotations need it. Implemented by the scene; ends with the session. */
export interface XrRoom {
  readonly session: XRSession;
  /** The space that all poses are in; replaced when the device loses its bearings, and `spaceEpoch` counts that. */
  referenceSpace(): XRReferenceSpace;
  spaceEpoch(): number;
  /** Called in each XR frame, until the returned function is called or the session ends. */
  onFrame(listener: (frame: XRFrame, timeMs: number) => void): () => void;
  /** Called once, when the session ends. */
  onEnd(listener: () => void): () => void;
}
