/**
 * Test files that take more than a minute of a gate, longest first. Without a history of its own, as in a fresh clone, vitest begins with the
 * largest files; these are not, and one that begins last leaves the other cores with nothing to do.
 */
export const longFiles: readonly string[] = [
  "packages/refit/test/e2e/backtest.test.ts",
  "packages/refit/test/learners/every-option.test.ts",
  "packages/refit/test/learners/examples.test.ts",
  "packages/refit/test/e2e/tfjs.test.ts",
  "packages/refit/test/e2e/tables.test.ts",
  "packages/refit/test/github/story-faults.test.ts",
  "packages/core/src/data/far-outside.simulation.test.ts",
  "packages/refit/test/e2e/kill-schedules.test.ts",
  "packages/refit/test/e2e/kill.test.ts",
];

interface TestFile {
  readonly moduleId: string;
  readonly project: { readonly name: string };
}

/** @returns the same files: of each project the long ones first, since workers are kept for a project; all else in its order. */
export function longFilesFirst<File extends TestFile>(files: readonly File[]): File[] {
  const projects = [...new Set(files.map(({ project }) => project.name))];
  return projects.flatMap((name) => {
    const ofProject = files.filter(({ project }) => project.name === name);
    const long = longFiles.flatMap((place) => ofProject.filter(({ moduleId }) => moduleId.endsWith(`/${place}`)));
    return [...long, ...ofProject.filter((file) => !long.includes(file))];
  });
}
