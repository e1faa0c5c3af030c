import { portsOver } from "../../../src/wiring.ts";
import { local } from "../../../src/adapters/forges/local/index.ts";
import { diskFiles } from "../../../src/adapters/disk/files.ts";
import { gitProcess } from "../../../src/adapters/git/git-process.ts";
import type { Ports } from "../../../src/ports/index.ts";
import type { TemporaryRepository } from "@refit/testkit";

/** Git commands by which an effect of a port is made of several steps. */
const steps = /\b(commit-tree|update-ref|tag|write-tree)\b/;

/** No process has this number: the one that was killed is gone. */
const goneProcess = 2 ** 30;

/** How everything lay before one effect, which is what a kill at that moment leaves; put back in the same place. */
export interface Moment {
  /** Names of the effects that had happened. */
  readonly happened: readonly string[];
  restore(): Promise<void>;
}

/**
 * Keeps how a repository lies before each effect of a command. Nothing that the command does afterwards is in it,
 * neither a later effect nor a `finally`.
 *
 * Counted are the methods of the ports that change something, and below them each file and ref that they write.
 *
 * @param skip names of effects before which nothing is kept, until another one comes.
 */
export function witness(repository: TemporaryRepository, skip: ReadonlySet<string>) {
  const happened: string[] = [];
  const moments: Moment[] = [];

  function keep(name: string): void {
    if (moments.length > 0 || !skip.has(name)) {
      moments.push({ happened: [...happened], restore: repository.snapshot() });
    }
    happened.push(name);
  }

  function effect<Args extends unknown[], Result>(name: string, method: (...args: Args) => Promise<Result>) {
    return (...args: Args): Promise<Result> => {
      keep(name);
      return method(...args);
    };
  }

  function adapt(ports: Ports): Ports {
    const git = gitProcess(repository.root, repository.env);
    const attempt: typeof git.attempt = (args, options) => {
      const step = steps.exec(args.join(" "))?.[1];
      return step === undefined ? git.attempt(args, options) : effect(`git ${step}`, git.attempt)(args, options);
    };
    const run: typeof git.run = (args, options) => {
      const step = steps.exec(args.join(" "))?.[1];
      return step === undefined ? git.run(args, options) : effect(`git ${step}`, git.run)(args, options);
    };
    const files = {
      read: diskFiles.read,
      list: diskFiles.list,
      children: diskFiles.children,
      write: effect("write", diskFiles.write),
      remove: effect("remove", diskFiles.remove),
    };
    const over = portsOver(
      { process: { ...git, attempt, run }, base: null, files },
      { forge: local, env: {}, notice: ports.out.notice },
    );
    const { branches, forge, sources, tables } = over;
    return {
      ...ports,
      ...over,
      branches: {
        fetch: effect("fetch", branches.fetch),
        commit: effect("commit", branches.commit),
        tag: effect("tag", branches.tag),
        push: effect("push", branches.push),
        updateRefs: effect("updateRefs", branches.updateRefs),
      },
      forge: {
        ...forge,
        ensureProposal: effect("ensureProposal", forge.ensureProposal),
        ensureRemark: effect("ensureRemark", forge.ensureRemark),
        ensureSection: effect("ensureSection", forge.ensureSection),
        ensureAlert: effect("ensureAlert", forge.ensureAlert),
      },
      sources: { ...sources, fetch: effect("fetch source", sources.fetch) },
      tables: { open: effect("open tables", tables.open) },
    };
  }

  /** Runs the command as a process that is gone afterwards. */
  async function watch(act: (adapt: (ports: Ports) => Ports) => Promise<unknown>): Promise<readonly Moment[]> {
    const own = Object.getOwnPropertyDescriptor(process, "pid")!;
    Object.defineProperty(process, "pid", { ...own, value: goneProcess });
    try {
      await act(adapt);
    } finally {
      Object.defineProperty(process, "pid", own);
    }
    return moments;
  }

  return { watch };
}
