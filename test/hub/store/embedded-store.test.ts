import { openEmbeddedStore } from '../../../src/hub/store/open.ts';
import { placeEmptyDatabase } from '../support/database-template.ts';
import { makeFolder } from '../support/temporary-folder.ts';
import { describeStore } from './contract.ts';

describeStore('embedded', async () => {
  const folder = makeFolder();
  await placeEmptyDatabase(folder.path);
  const store = await openEmbeddedStore({ dataFolder: folder.path });
  return {
    ...store,
    async close() {
      await store.close();
      folder.remove();
    },
  };
});
