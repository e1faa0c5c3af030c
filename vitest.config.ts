import { defineConfig } from "vitest/config";

const conditions = ["@refit/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    globalSetup: "tools/testkit/src/run-folder.ts",
    projects: ["core", "tabular", "refit", "action", "tools"].map((name) => ({
      extends: true as const,
      test: {
        name,
        include: name === "tools" ? ["tools/*/{src,test}/**/*.test.ts"] : [`packages/${name}/{src,test}/**/*.test.ts`],
        testTimeout: name === "action" ? 180_000 : 60_000, // whole stories, each command a process
        hookTimeout: 60_000,
      },
    })),
    pool: "forks",
    maxWorkers: 2,
  },
});
