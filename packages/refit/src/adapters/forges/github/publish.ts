import { ForgePermissionError, ForgeRefusedError } from "@refit/core/errors";
import type { LiveVersion, Publisher } from "../../../ports/forge.ts";
import { withoutTemplate } from "./answers.ts";
import type { Client } from "./client.ts";
import { says, statusOf } from "./failures.ts";
import { mostCharacters } from "./limits.ts";

const releasing = { permission: "contents: write", what: "publish the release" } as const;
const deploying = { permission: "deployments: write", what: "record the deployment" } as const;

/** Releases and deployment records: views that may be missing, so what GitHub refuses is a notice. */
export function publisher(client: Client): Publisher {
  const orNotice = async <T>(what: string, run: () => Promise<T>): Promise<T | null> => {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ForgePermissionError || error instanceof ForgeRefusedError)) throw error;
      client.notice(`${what}: ${error.message}`);
      return null;
    }
  };
  return {
    ensureRelease: (version) => orNotice(`No release for ${version.tag}`, () => ensureRelease(client, version)),
    async ensureDeployment(version) {
      await orNotice(`No deployment record for ${version.tag}`, () => ensureDeployment(client, version));
    },
  };
}

/** A draft until all files are there: a published release may be immutable. */
async function ensureRelease(client: Client, version: LiveVersion): Promise<string> {
  const { here, rest } = client;
  const { tag } = version;
  return client.ensure(releasing, async () => {
    // By its tag GitHub finds published releases only.
    const all = await client.paginate(rest.repos.listReleases, { ...here, per_page: 100 });
    const before = all.find((release) => release.tag_name === tag);
    if (before !== undefined && !before.draft) return before.html_url;
    const release = before ?? (await create(client, version));
    const present = new Set(release.assets.map((asset) => asset.name));
    for (const [path, bytes] of await version.files()) {
      const name = path.replaceAll("/", "--");
      if (!present.has(name)) await upload(client, release, name, bytes);
    }
    const { data } = await rest.repos.updateRelease({ ...here, release_id: release.id, draft: false });
    return data.html_url;
  });
}

async function create({ here, rest }: Client, { model, label, tag, card }: LiveVersion) {
  const { data } = await rest.repos.createRelease({
    ...here,
    tag_name: tag,
    name: `${model} ${label}`,
    body: card.slice(0, mostCharacters),
    draft: true,
  });
  return data;
}

async function upload(
  { here, rest }: Client,
  release: { readonly id: number; readonly upload_url: string },
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const baseUrl = new URL(withoutTemplate(release.upload_url)).href.replace(/\/repos\/.*$/, "");
  try {
    await rest.repos.uploadReleaseAsset({
      ...here,
      baseUrl,
      release_id: release.id,
      name,
      headers: { "content-type": "application/octet-stream" },
      data: bytes as unknown as string,
    });
  } catch (error) {
    const done = statusOf(error) === 422 && says(error, /already_exists/);
    if (!done) throw error;
  }
}

/** One record per version and environment; newer ones make the older inactive. */
async function ensureDeployment(client: Client, { model, commit, label }: LiveVersion): Promise<void> {
  const { here, rest } = client;
  const environment = `refit/${model}`;
  await client.ensure(deploying, async () => {
    const { data: known } = await rest.repos.listDeployments({ ...here, environment, sha: commit, per_page: 1 });
    const id = known[0]?.id ?? (await deploy(client, environment, commit, `${model} ${label}`));
    const { data: statuses } = await rest.repos.listDeploymentStatuses({ ...here, deployment_id: id, per_page: 1 });
    if (statuses[0]?.state === "success") return;
    await rest.repos.createDeploymentStatus({ ...here, deployment_id: id, state: "success", auto_inactive: true });
  });
}

async function deploy({ here, rest }: Client, environment: string, ref: string, description: string): Promise<number> {
  const { data } = await rest.repos.createDeployment({
    ...here,
    ref,
    environment,
    description,
    auto_merge: false,
    required_contexts: [],
  });
  if ("id" in data) return data.id;
  throw new ForgeRefusedError("record the deployment", data.message ?? "it did not say why.");
}
