import { portsOver } from "../../../src/wiring.ts";
import { diskFiles } from "../../../src/adapters/disk/files.ts";
import { gitProcess } from "../../../src/adapters/git/git-process.ts";
import type { Ports } from "../../../src/ports/index.ts";
import type { TemporaryRepository } from "@refit/testkit";

export class Killed extends Error {}

/** Git commands by which an effect of a port is made of several steps. */
const steps = /\b(commit-tree|update-ref|tag|write-tree)\b/;

/**
 * Lets the first `alive` effects of a command happen and none after them, as a kill in between does.
 *
 * Counted are the methods of the ports that change something, and below them each file and ref that they write.
 */
export function mortal(repository: TemporaryRepository, alive: number) {
  const happened: string[] = [];

  function effect<Args extends unknown[], Result>(name: string, method: (...args: Args) => Promise<Result>) {
    return async (...args: Args): Promise<Result> => {
      if (happened.length >= alive) throw new Killed(`after ${happened.join(", ")}`);
      happened.push(name);
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
      write: effect("write", diskFiles.write),
      remove: effect("remove", diskFiles.remove),
    };
    const over = portsOver({ process: { ...git, attempt, run }, base: null, files });
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
        ensureAlert: effect("ensureAlert", forge.ensureAlert),
      },
      sources: { ...sources, fetch: effect("fetch source", sources.fetch) },
      tables: { open: effect("open tables", tables.open) },
    };
  }

  return { adapt, happened };
}
