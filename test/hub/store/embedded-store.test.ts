import { openEmbeddedStore } from '../../../src/hub/store/open.ts';
import { makeFolder } from '../support/temporary-folder.ts';
import { describeStore } from './contract.ts';

describeStore('embedded', async () => {
  const folder = makeFolder();
  const store = await openEmbeddedStore({ dataFolder: folder.path });
  return {
    ...store,
    async close() {
      await store.close();
      folder.remove();
    },
  };
});
