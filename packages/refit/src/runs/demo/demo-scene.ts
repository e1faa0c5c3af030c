import type { DemoRepository } from "../../ports/demo-stage.ts";

/** A part of what the demo tells: narration, a command that was typed, and what it printed. */
export interface DemoLine {
  readonly kind: "told" | "command" | "output";
  readonly text: string;
}

/** A repository at a time of the story, and whoever tells it. */
export interface DemoScene {
  readonly folder: string;
  /** Sets the time of everything that follows. @param iso ISO 8601 */
  at(iso: string): void;
  say(text: string): void;
  /** What a person would see, without a command of theirs. */
  show(text: string): void;
  write(file: string, text: string): Promise<void>;
  /** Commits everything. */
  commit(message: string): Promise<void>;
  /** Git as the reader would type it. @param shown what stands for the words. */
  git(words: readonly string[], shown?: string): Promise<string>;
  /** Git beside the story. @returns stdout. */
  ask(...words: string[]): Promise<string>;
  /** Runs the command and tells what it prints. @returns that. @throws where the command could not go on */
  refit(...words: string[]): Promise<string>;
  /** What the command prints as JSON, beside the story. */
  json<T>(...words: string[]): Promise<T>;
}

export function demoScene(repository: DemoRepository, tell: (line: DemoLine) => void): DemoScene {
  let now = "1990-01-01T00:00:00Z";
  const ask = (...words: string[]) => repository.git(now, words);
  return {
    folder: repository.folder,
    at: (iso) => {
      now = iso;
    },
    say: (text) => tell({ kind: "told", text }),
    show: (text) => tell({ kind: "output", text }),
    write: (file, text) => repository.write(file, text),
    async commit(message) {
      await ask("add", "--all");
      await ask("commit", "--quiet", "--message", message);
    },
    async git(words, shown = words.join(" ")) {
      tell({ kind: "command", text: `git ${shown}` });
      return ask(...words);
    },
    ask,
    async refit(...words) {
      tell({ kind: "command", text: `refit ${words.join(" ")}` });
      const { exitCode, stdout, stderr } = await repository.refit(now, words);
      if (exitCode === 1 || stdout === "") throw new Error(`refit ${words.join(" ")} failed:\n${stdout}${stderr}`);
      tell({ kind: "output", text: stdout.trimEnd() });
      return stdout;
    },
    async json<T>(...words: string[]) {
      const { exitCode, stdout, stderr } = await repository.refit(now, [...words, "--json"]);
      if (exitCode === 1 || stdout === "") throw new Error(`refit ${words.join(" ")} failed:\n${stdout}${stderr}`);
      return JSON.parse(stdout) as T;
    },
  };
}
