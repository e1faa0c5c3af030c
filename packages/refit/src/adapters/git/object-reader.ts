import { batchReader, catFileBatch, oneLine, type StoredObject } from "./cat-file.ts";
import type { GitProcess, Standby } from "./git-process.ts";

interface ObjectQuestion {
  readonly answer: (object: StoredObject | null) => void;
  readonly fail: (error: Error) => void;
}

/** Of fewer, each is asked for by itself. */
export const manyObjects = 64;

export type ObjectReader = ReturnType<typeof objectReader>;

/**
 * Reads objects such as `<commit>:<path>`, a full ref or an id through one git process, however many are asked for:
 * to start one takes longer than hundreds of answers.
 */
export function objectReader(git: GitProcess) {
  let questions: ObjectQuestion[] = [];
  let standby: Standby | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lines = "";

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

  /** What is asked at once is written at once. */
  function flush(): void {
    standby?.write(lines);
    lines = "";
  }

  const asked = (name: string): Promise<StoredObject | null> =>
    new Promise((answer, fail) => {
      clearTimeout(idle);
      standby ??= started();
      questions.push({ answer, fail });
      standby.hold();
      if (lines === "") process.nextTick(flush);
      lines += oneLine(name);
    });

  const known = smallObjects();

  function ask(name: string): Promise<StoredObject | null> {
    if (!isFixed(name)) return asked(name);
    const earlier = known.get(name);
    return earlier === undefined
      ? asked(name).then((object) => known.remember(name, object))
      : Promise.resolve(earlier);
  }

  return {
    /** @returns `null` where there is nothing of that name. */
    ask,

    /** The same for several, in their order. @param once they are not asked for again, so they are not remembered. */
    async askAll(names: readonly string[], once = false): Promise<readonly (StoredObject | null)[]> {
      const unknown = [...new Set(names)].filter((name) => isFixed(name) && known.get(name) === undefined);
      if (unknown.length < manyObjects) return Promise.all(names.map(ask));
      const objects = await allAtOnce(git, unknown);
      const found = new Map(unknown.map((name, i) => [name, once ? objects[i]! : known.remember(name, objects[i]!)]));
      return Promise.all(names.map(async (name) => (found.has(name) ? found.get(name)! : ask(name))));
    },
  };
}

function allAtOnce(git: GitProcess, names: readonly string[]): Promise<readonly (StoredObject | null)[]> {
  const batch = catFileBatch(git);
  for (const name of names) batch.ask(name);
  return batch.end();
}

/** Whether a name means the same for ever: an id, or a path below one. */
export const isFixed = (name: string) => /^[0-9a-f]{40}(?:[0-9a-f]{24})?(?::|$)/.test(name);

/** Bytes. */
const [mostBytes, largestObject] = [64 * 1024 * 1024, 64 * 1024];

/** Small objects that were read, the latest ones where they are too many: a run over many models asks for all of them first. */
function smallObjects() {
  const known = new Map<string, StoredObject>();
  let bytes = 0;
  return {
    get: (name: string) => known.get(name),
    remember(name: string, object: StoredObject | null): StoredObject | null {
      if (object === null || object.content.byteLength > largestObject || known.has(name)) return object;
      // The bytes are a view of a larger chunk, which would stay with them.
      known.set(name, { ...object, content: object.content.slice() });
      bytes += object.content.byteLength;
      for (const [oldest, { content }] of known) {
        if (bytes <= mostBytes) break;
        known.delete(oldest);
        bytes -= content.byteLength;
      }
      return object;
    },
  };
}
