import { defineConfig } from "vitest/config";

/** Apart from the other tests, since it packs, installs and trains: `npm run test:packages`. */
export default defineConfig({
  test: {
    include: ["tools/structure/packages/*.test.ts"],
    // Installs a whole workspace of Nx: `npm run test:nx`.
    exclude: process.env["REFIT_NX_VERSION"] === undefined ? ["**/nx-example.test.ts"] : [],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: "forks",
    maxWorkers: 1,
  },
});
