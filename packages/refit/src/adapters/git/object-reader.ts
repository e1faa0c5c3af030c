import { batchReader, oneLine, type StoredObject } from "./cat-file.ts";
import type { GitProcess, Standby } from "./git-process.ts";

interface ObjectQuestion {
  readonly answer: (object: StoredObject | null) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Reads objects such as `<commit>:<path>`, a full ref or an id through one git process, however many are asked for:
 * to start one takes longer than hundreds of answers.
 */
export function objectReader(git: GitProcess) {
  let questions: ObjectQuestion[] = [];
  let standby: Standby | null = null;
  let idle: NodeJS.Timeout | undefined;

  function started(): Standby {
    const mine = git.start(["cat-file", "--batch"], { output: reader().push, end: ended });
    function ended(error: Error): void {
      if (standby !== mine) return;
      standby = null;
      const open = questions;
      questions = [];
      for (const question of open) question.fail(error);
    }
    return mine;
  }

  const reader = () =>
    batchReader((object) => {
      questions.shift()!.answer(object);
      if (questions.length > 0) return;
      standby?.release();
      idle = setTimeout(end, git.idleMs).unref();
    });

  function end(): void {
    standby?.end();
    standby = null;
  }

  return {
    /** @returns `null` where there is nothing of that name. */
    ask(name: string): Promise<StoredObject | null> {
      return new Promise((answer, fail) => {
        clearTimeout(idle);
        standby ??= started();
        questions.push({ answer, fail });
        standby.hold();
        standby.write(oneLine(name));
      });
    },
  };
}
