export type { EmulatorHandle } from './handle.ts';
export { SOFTWARE_RENDERING } from './settings.ts';
export { startEmulator } from './start-emulator.ts';
