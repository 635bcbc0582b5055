import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { describeStore } from './contract.ts';

describeStore('memory', async () => createMemoryStore());
