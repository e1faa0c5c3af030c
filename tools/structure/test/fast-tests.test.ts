import { describe, expect, it } from "vitest";

import { fast, slowImports } from "../src/fast-tests.ts";
import { filesMatching } from "../src/repository.ts";

/** It shows that a fast test cannot start a process. */
const guard = "tools/testkit/src/no-processes.test.ts";

describe("fast tests", () => {
  it("import nothing that starts a process", () => {
    const files = filesMatching(fast).filter(({ path }) => path !== guard);

    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(slowImports)).toEqual([]);
  });

  it.each(["node:child_process", "@refit/testkit", "simple-git"])("are told when they import %s", (name) => {
    const file = { path: "packages/refit/src/a.test.ts", text: `import { a } from "${name}";` };

    expect(slowImports(file)).toHaveLength(1);
  });

  it.each(["@refit/testkit/folders", "node:fs", "./a.ts"])("may import %s", (name) => {
    expect(slowImports({ path: "packages/refit/src/a.test.ts", text: `import { a } from "${name}";` })).toEqual([]);
  });
});
