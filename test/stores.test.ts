import { expect, it } from "vitest";
import { LOCAL_STORES } from "./stores.js";

for (const kind of LOCAL_STORES) {
  it(`${kind.name} opens`, async () => {
    const open = await kind.open();
    expect(await open.blotter.accounts.list()).toEqual([]);
    await open.dispose();
  });
}
