/** How often a picture that is still being drawn is asked for; browsers make it 4 ms at least. */
const POLL_MS = 3;

/** Brings drawn pictures back to memory without holding up the page while they are being drawn. */
export interface Readback {
  /** RGBA rows from the bottom, written to `into` once the picture is finished. */
  read(
    texture: WebGLTexture,
    size: { readonly width: number; readonly height: number },
    into: Uint8Array,
  ): Promise<void>;
  dispose(): void;
}

/**
 * By a pixel pack buffer and a fence. A plain `readPixels` waits for all that this page has given the graphics
 * process to do, which in software is most of a frame's time.
 */
export function createReadback(gl: WebGL2RenderingContext): Readback {
  const framebuffer = gl.createFramebuffer();
  const buffer = gl.createBuffer();
  let disposed = false;

  const start = (texture: WebGLTexture, width: number, height: number): WebGLSync | null => {
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, framebuffer);
    gl.framebufferTexture2D(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, width * height * 4, gl.STREAM_READ);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, 0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    // The engine believes that nothing is bound after it has drawn.
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    return fence;
  };
  const finished = async (fence: WebGLSync): Promise<void> => {
    while (!disposed && !gl.isContextLost() && gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    gl.deleteSync(fence);
  };

  return {
    async read(texture, { width, height }, into) {
      const fence = start(texture, width, height);
      if (fence !== null) await finished(fence);
      if (disposed) return;
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, into);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    },
    dispose() {
      disposed = true;
      gl.deleteFramebuffer(framebuffer);
      gl.deleteBuffer(buffer);
    },
  };
}
