import { defineConfig } from 'vite';
import { devPlugin } from './scripts/vite-dev-plugin.ts';
import { precompressPlugin } from './scripts/vite-precompress-plugin.ts';

/** The pages. The headset's Edge follows Chromium; its oldest version with `immersive-ar` and encoded transforms sets the target. */
export default defineConfig({
  appType: 'mpa',
  publicDir: false,
  build: {
    outDir: 'dist/pages',
    emptyOutDir: true,
    target: 'chrome109',
    // The pages' Content-Security-Policy allows no `data:` fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: {
        headset: 'index.html',
        desk: 'desk.html',
        admin: 'admin.html',
        join: 'join.html',
        redirect: 'redirect.html',
        diagnostics: 'diagnostics.html',
      },
    },
  },
  worker: { format: 'es' },
  plugins: [devPlugin(), precompressPlugin()],
});
