import { defineConfig } from 'vite';

/** The hub for Node: our own code in a few files, packages left where npm put them. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/hub',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: { cli: 'src/hub/cli.ts', 'pglite-worker': 'src/hub/store/pglite-worker.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
});
