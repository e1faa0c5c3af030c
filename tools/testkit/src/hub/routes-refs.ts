import type { Need } from "./actors.ts";
import { isAncestor } from "./history.ts";
import { listRefs } from "./list-refs.ts";
import { forbidsForce, updateBlock } from "./protection.ts";
import { noticeRefs } from "./refs.ts";
import { created, noContent, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import { repositoryApi, type World } from "./world.ts";

const read: Need = [["contents", "read"]];
const write: Need = [["contents", "write"]];

export const refRoutes: readonly Route[] = [
  repositoryRoute("GET", "/git/ref/*ref", read, async (call) => {
    const id = await call.world.git.find(["rev-parse", "--verify", "--quiet", `refs/${call.params["ref"]}`]);
    if (id === null) throw notFound();
    return ok(await refView(call.world, `refs/${call.params["ref"]}`, id));
  }),
  repositoryRoute("GET", "/git/matching-refs/*ref", read, async ({ world, params }) => {
    const refs = listRefs(world.git, "refs/heads", "refs/tags");
    const found = [...refs].filter(([name]) => name.startsWith(`refs/${params["ref"]}`));
    return ok(await Promise.all(found.map(([name, id]) => refView(world, name, id))));
  }),
  repositoryRoute("POST", "/git/refs", write, createRef),
  repositoryRoute("PATCH", "/git/refs/*ref", write, updateRef),
  repositoryRoute("DELETE", "/git/refs/*ref", write, deleteRef),
];

async function refView(world: World, ref: string, id: string) {
  const type = await world.git.text(["cat-file", "-t", id]);
  return {
    ref,
    node_id: `REF_${ref}`,
    url: `${repositoryApi(world)}/git/${ref}`,
    object: { sha: id, type, url: `${repositoryApi(world)}/git/${type}s/${id}` },
  };
}

async function createRef(call: Call): Promise<Reply> {
  const { world } = call;
  const [ref, sha] = [text(call, "ref") ?? "", text(call, "sha") ?? ""];
  const wellFormed = ref.startsWith("refs/") && ref.split("/").length >= 3;
  if (!wellFormed || (await world.git.run(["check-ref-format", ref])).code !== 0) {
    throw new Refusal(422, `${ref} is not a valid ref name.`);
  }
  if ((await world.git.find(["rev-parse", "--verify", "--quiet", ref])) !== null) {
    throw new Refusal(422, "Reference already exists");
  }
  await demandObject(world, sha);
  await moveRef(call, { ref, before: null, after: sha });
  return created(await refView(world, ref, sha));
}

async function updateRef(call: Call): Promise<Reply> {
  const { world } = call;
  const ref = `refs/${call.params["ref"]}`;
  const after = text(call, "sha") ?? "";
  const before = await world.git.find(["rev-parse", "--verify", "--quiet", ref]);
  if (before === null) throw new Refusal(422, "Reference does not exist");
  await demandObject(world, after);
  const forced = !(await isAncestor(world.git, before, after));
  if (forced && call.body["force"] !== true) throw new Refusal(422, "Update is not a fast forward");
  if (forced && forbidsForce(world, writer(call), ref)) throw new Refusal(422, "Cannot force-push to this branch");
  await moveRef(call, { ref, before, after });
  return ok(await refView(world, ref, after));
}

async function deleteRef(call: Call): Promise<Reply> {
  const { world } = call;
  const ref = `refs/${call.params["ref"]}`;
  const before = await world.git.find(["rev-parse", "--verify", "--quiet", ref]);
  if (before === null) throw new Refusal(422, "Reference does not exist");
  await moveRef(call, { ref, before, after: null });
  return noContent;
}

async function demandObject(world: World, sha: string): Promise<void> {
  const known = /^[0-9a-f]{40}$/.test(sha) && (await world.git.run(["cat-file", "-e", sha])).code === 0;
  if (!known) throw new Refusal(422, "Object does not exist");
}

interface Move {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Moves a ref for a token holder, if the branch's rules let them. @throws Refusal 409, 422 */
export async function moveRef(call: Call, { ref, before, after }: Move): Promise<void> {
  const { world } = call;
  const actor = writer(call);
  const block = updateBlock(world, actor, { ref, before, after });
  if (block !== null) throw new Refusal(422, block);
  const old = before ?? "0".repeat(40);
  const done = await world.git.run(after === null ? ["update-ref", "-d", ref, old] : ["update-ref", ref, after, old]);
  // A branch `a/b` beside a branch `a`, or a push that was faster.
  if (done.code !== 0) throw new Refusal(422, "Reference update failed");
  await noticeRefs(world, actor);
}
