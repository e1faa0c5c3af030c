import { importsOf } from "./imports.ts";
import type { TextFile } from "./repository.ts";

/** Tests beside the code, those of the packages that are pure rules, and what such tests share. */
export const fast =
  /^(?:(?:packages|tools)\/[^/]+\/src\/.*|packages\/(?:core|tabular)\/test\/.*)\.(?:test|fixture)\.ts$/;

/** Modules that start processes, `@refit/testkit` with its repositories and its hub among them. */
const slow = /^(?:node:child_process|simple-git|@refit\/testkit)$/;

/** What a fast test imports though it may not, as sentences. */
export function slowImports(file: TextFile): readonly string[] {
  return importsOf(file)
    .filter((name) => slow.test(name))
    .map((name) => `${file.path}: a fast test imports ${name}; it belongs into the package's \`test/\` folder`);
}
