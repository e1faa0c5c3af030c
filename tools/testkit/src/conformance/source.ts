import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { DataManifest } from "../../../../packages/core/src/spec/data-manifest.ts";
import type { Repository } from "../../../../packages/refit/src/ports/repository.ts";
import type { Sources } from "../../../../packages/refit/src/ports/sources.ts";

/** A place with two data files. */
export interface SourceScene {
  /** As another process would have them each time: what is remembered is on disk. */
  open(): Sources;
  readonly repository: Repository;
  /** A manifest that names both files by one pattern, and one that matches none. */
  readonly manifest: DataManifest;
  readonly empty: DataManifest;
  /** Paths and contents of the files, by path in ascending order. */
  readonly contents: ReadonlyMap<string, string>;
  /** Writes a file that cannot be read by its name beside the others, such as `notes.txt`. */
  addUnreadable(): Promise<void>;
  /** Changes the contents of a file, as somebody may between listing and fetching. */
  change(path: string, content: string): Promise<void>;
}

const options = { workTree: false };

/** The cases that every source must pass. A source's own tests hold what is special about it. */
export function sourceConformance(name: string, prepare: () => Promise<SourceScene>): void {
  describe(`the source ${name}`, () => {
    it("lists what is there, sorted by path, and the same again", async () => {
      const { open, repository, manifest, contents } = await prepare();

      const first = await open().list(repository, manifest, options);
      const second = await open().list(repository, manifest, options);

      expect(first.files.map(({ path, bytes }) => [path, bytes])).toEqual(
        [...contents].map(([path, text]) => [path, Buffer.byteLength(text)]),
      );
      expect(first.findings).toEqual([]);
      expect(second).toEqual(first);
    });

    it("has a finding where nothing matches", async () => {
      const { open, repository, empty } = await prepare();

      const { files, findings } = await open().list(repository, empty, options);

      expect(files).toEqual([]);
      expect(findings).toMatchObject([{ code: "no-files", severity: "error" }]);
    });

    it("tells of a file that it leaves out", async () => {
      const { open, repository, manifest, contents, addUnreadable } = await prepare();
      await addUnreadable();

      const { files, notices } = await open().list(repository, manifest, options);

      expect(files).toHaveLength(contents.size);
      expect(notices).toHaveLength(1);
    });

    it("brings bytes that hash to what it says, and knows the digest from then on", async () => {
      const { open, repository, manifest, contents } = await prepare();
      const sources = open();
      const { files } = await sources.list(repository, manifest, options);

      for (const file of files) {
        expect(await sources.knownDigest(repository, file)).toBeNull();
        const { sha256, localPath } = await sources.fetch(repository, file);
        const bytes = await readFile(localPath);

        expect(bytes.toString()).toBe(contents.get(file.path));
        expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
        expect(await open().knownDigest(repository, file)).toBe(sha256);
      }
    });

    it("gives a file that was listed as it was then, or says that it is gone", async () => {
      const { open, repository, manifest, contents, change } = await prepare();
      const sources = open();
      const [file] = (await sources.list(repository, manifest, options)).files;
      await change(file!.path, "something,else\n1,2\n");

      const fetched = await sources.fetch(repository, file!).catch((error: unknown) => error);

      if (fetched instanceof Error) expect(fetched).toMatchObject({ code: "source-vanished" });
      else expect(await readFile((fetched as { localPath: string }).localPath, "utf8")).toBe(contents.get(file!.path));
    });

    it("has another identity for other contents, so that no digest is taken for them", async () => {
      const { open, repository, manifest, change } = await prepare();
      const sources = open();
      const [before] = (await sources.list(repository, manifest, { workTree: true })).files;
      await sources.fetch(repository, before!);
      await change(before!.path, "something,else\n1,2\n");

      const [after] = (await open().list(repository, manifest, { workTree: true })).files;

      expect(after!.identity).not.toBe(before!.identity);
      expect(await open().knownDigest(repository, after!)).toBeNull();
    });

    it("watches absolute paths, or says that files do not tell", async () => {
      const { open, repository, manifest } = await prepare();

      const watched = await open().watched(repository, manifest);

      expect((watched ?? []).filter((path) => !path.startsWith("/"))).toEqual([]);
    });
  });
}
