import type { Ports } from "../ports/index.ts";

/** Options of every command that may write outside of this clone. */
export const pushOptions = { push: { type: "boolean" }, "no-push": { type: "boolean" } } as const;
export const pushHelp = {
  push: "publish: push refit's branches and tags to the remote, and write to the forge; the default in GitHub Actions",
  "no-push": "keep everything in this clone, the default elsewhere",
};

/** Afterwards says what left this clone, and where to, or what is in it alone; also of work that fails half way. */
export async function sayingPublished<T>(
  ports: Pick<Ports, "publication" | "out">,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } finally {
    await sayPublished(ports);
  }
}

async function sayPublished({ publication, out }: Pick<Ports, "publication" | "out">): Promise<void> {
  const { allowed, unasked } = publication;
  const refs = publication.refs();
  if (unasked !== null) out.notice(unasked);
  if (refs.length === 0) return;
  const names = refs.map((name) => `\`${name}\``).join(", ");
  out.notice(
    allowed
      ? `Pushed to ${await publication.destination()}: ${names}.`
      : `Nothing was pushed: what changed is in this clone only (${names}). \`--push\` publishes it.`,
  );
}
