import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { TemporaryRepository } from "@refit/testkit";
import type { ServedAddress } from "./address.ts";
import { oneOf, shuffled, type Draw } from "./draw.ts";
import { models } from "./program.ts";
import { damaged, type Files, type KnownVersion } from "./versions.ts";

/** Where a model is live, and how it changes there. */
export interface Place {
  readonly model: string;
  /** Puts another version there; on the way servers find it damaged, and look at that. @returns the version that is live then */
  change(to: KnownVersion, looked: () => Promise<void>): Promise<KnownVersion>;
}

export const championFolder = `models/${models.git}/champion`;

/** A branch with merges of every kind, reverts, and commits of damaged folders. */
export function gitPlace(repository: TemporaryRepository, first: KnownVersion, draw: Draw): Place {
  const { git } = repository;
  const line: KnownVersion[] = [first];
  const write = async (files: Files) => {
    await repository.remove(championFolder);
    for (const [name, bytes] of files) await repository.write(`${championFolder}/${name}`, bytes);
  };
  const ways: Readonly<Record<string, (files: Files) => Promise<void>>> = {
    async merge(files) {
      await git("checkout", "--quiet", "-B", "refit--proposal");
      await write(files);
      await repository.commit("a proposal");
      await git("checkout", "--quiet", "main");
      await git("merge", "--quiet", "--no-ff", "--no-edit", "refit--proposal");
    },
    async squash(files) {
      await git("checkout", "--quiet", "-B", "refit--proposal");
      await write(files);
      await repository.commit("a proposal");
      await git("checkout", "--quiet", "main");
      await git("merge", "--quiet", "--squash", "refit--proposal");
      await repository.commit("squashed");
    },
    async direct(files) {
      await write(files);
      await repository.commit("by hand");
    },
  };
  const publish = async () => {
    if (repository.remote !== null) await git("push", "--quiet", "origin", "main");
  };
  return {
    model: models.git,
    async change(to, looked) {
      if (draw(3) === 0) {
        const broken =
          draw(2) === 0 ? damaged(to.files, draw) : new Map([...to.files, ["more.txt", new Uint8Array(1)]]);
        await ways["direct"]!(broken);
        await publish();
        await looked();
        await git("revert", "--no-edit", "HEAD");
        await publish();
      }
      if (line.length > 1 && draw(3) === 0) {
        const isMerge = (await git("rev-list", "--parents", "-n", "1", "HEAD")).split(" ").length > 2;
        // The last promotion may be below a pair of damage and revert; then its folder is restored by hand.
        if (isMerge) await git("revert", "--no-edit", "-m", "1", "HEAD");
        else await ways["direct"]!(line.at(-2)!.files);
        line.pop();
      } else if (to !== line.at(-1)) {
        await ways[oneOf(Object.keys(ways), draw)]!(to.files);
        line.push(to);
      }
      await publish();
      return line.at(-1)!;
    },
  };
}

/** A folder that somebody writes file by file, in any order, and leaves half-written or damaged for a while. */
export async function folderPlace(folder: string, first: KnownVersion, draw: Draw): Promise<Place> {
  const write = async (files: Files, names: Iterable<string> = files.keys()) => {
    for (const name of names) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), files.get(name)!);
    }
  };
  await write(first.files);
  return {
    model: models.folder,
    async change(to, looked) {
      const names = shuffled([...to.files.keys()], draw);
      const written = draw(names.length);
      await write(to.files, names.slice(0, written));
      const next = names[written]!;
      const bytes = to.files.get(next)!;
      await write(new Map([[next, bytes.subarray(0, draw(bytes.length))]]));
      await looked();
      await write(damaged(to.files, draw), names.slice(written));
      await looked();
      if (draw(2) === 0) await rm(path.join(folder, names[0]!));
      await looked();
      await write(to.files, names);
      return to;
    },
  };
}

/** An address whose server fails for a while when a version has come. */
export function addressPlace(server: ServedAddress, draw: Draw): Place {
  return {
    model: models.address,
    async change(to, looked) {
      if (draw(2) === 0) server.put(damaged(to.files, draw));
      server.fail(oneOf(["none", "cut", "short", "unavailable"], draw));
      await looked();
      server.put(to.files);
      await looked();
      server.fail("none");
      return to;
    },
  };
}
