// Which file of the bundle a module goes to.

/** Libraries that are bundled, each with a file of its own: they change rarely, and our code changes often. */
const libraries = [
  ["zod", /^zod$/],
  ["yaml", /^yaml$/],
  ["aws4fetch", /^aws4fetch$/],
  ["parquet", /^(hyparquet|hyparquet-writer)$/],
  ["postgres", /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/],
  ["octokit", /^(@octokit\/.*|before-after-hook|bottleneck|content-type|json-with-bigint|universal-user-agent)$/],
];
/** What a run loads, whatever it finds to do. */
const everyRun =
  /[\\/]src[\\/](?:cli|wiring|commands[\\/]run|runs[\\/]run-models|adapters[\\/]git[\\/]git-process|adapters[\\/]forges[\\/]local[\\/]forge)\.ts$/;
/** What a clone without a cache loads besides, to read settings, lineages and ledgers. */
const readers = /[\\/]src[\\/](?:specs[\\/]documents|versions[\\/]stored-files|ledger[\\/]ledger-rows)\.ts$/;
/** What reads data over the network: Node's clients take a while to start. */
const remotePlaces = /[\\/]adapters[\\/]sources[\\/](?!git[\\/])[^\\/]+[\\/]/;
/** Forges on a server, and places of data over the network. */
const servers = /[\\/]adapters[\\/](?:forges[\\/]github[\\/]forge\.ts$|sources[\\/](?!git[\\/])[^\\/]+[\\/])/;
/** Beside statistics, that of the other threads as text. */
const resampling = /[\\/]adapters[\\/]resampling[\\/]/;
/** Pages of `docs/` as text, which `refit explain` alone reads. */
const documents = /\.md\?raw$|[\\/]runs[\\/]explain[\\/]/;
/** Learners, and how they are exported: what they are is told apart from this, by their descriptors. */
const learners = /[\\/]packages[\\/]tabular[\\/]src[\\/](?:onnx[\\/])?index\.ts$/;

/**
 * Few files with names that stay the same, so that git stores a change of the sources as a small delta, and cut so
 * that a run with nothing to do loads no library and no learner:
 *
 *   light      all that such a run needs
 *   commands   the other commands, and what they load without a library
 *   readers    what reads settings, lineages and ledgers by a schema library or YAML: a fresh clone needs no more
 *   work       what else reaches one of these, and what only that needs; resampling
 *   github     what reaches octokit
 *   doctor     what reaches octokit and YAML: only `doctor` reads workflows and asks for settings
 *   learners   what reaches a learner
 *   remote     what reads data over the network
 *   stores     places of data that need a library to be asked, which no run with files of its own loads
 *   documents  pages of `docs/`
 *   zod, yaml, aws4fetch, parquet, postgres, octokit
 *
 * @param fine chunks of a bundle that is cut as finely as possible, after unused code went: what a module reaches in
 *   its sources is more than what it loads, because of files that only export what others define.
 * @returns the file's name by module id; `null`: the entry, and the bundler's own helpers.
 */
export function nameChunks(fine) {
  const byFile = new Map(fine.map((chunk) => [chunk.fileName, chunk]));
  const heavy = new Map();
  const chunkOf = new Map(fine.flatMap((chunk) => chunk.moduleIds.map((id) => [id, chunk])));

  /** Libraries and learners that loading a chunk brings in. */
  function reached(chunk) {
    const known = heavy.get(chunk);
    if (known !== undefined) return known;
    const found = new Set(chunk.moduleIds.flatMap((id) => libraryOf(id) ?? (learners.test(id) ? "learners" : [])));
    heavy.set(chunk, found);
    for (const next of importsOf(chunk)) for (const name of reached(next)) found.add(name);
    return found;
  }

  const importsOf = (chunk) => chunk.imports.flatMap((file) => byFile.get(file) ?? []);
  const startingAt = (names) => fine.filter(({ moduleIds }) => moduleIds.some((id) => names.test(id)));

  /** Some chunks, and all that is loaded with them. */
  function closureOf(chunks) {
    const closure = new Set();
    const waiting = [...chunks];
    for (let chunk = waiting.pop(); chunk !== undefined; chunk = waiting.pop()) {
      if (closure.has(chunk)) continue;
      closure.add(chunk);
      waiting.push(...importsOf(chunk));
    }
    return closure;
  }

  const light = closureOf(fine.filter((each) => (each.isEntry || each.isDynamicEntry) && reached(each).size === 0));
  for (const chunk of startingAt(everyRun)) {
    if (light.has(chunk)) continue;
    throw new Error(`Every run would load ${[...reached(chunk)].join(", ")}: import it lazily, or only part of it`);
  }
  const ofReaders = closureOf(startingAt(readers));
  // What these need without a library: in a file of other things a run would load those too.
  const shared = [...closureOf([...ofReaders, ...startingAt(servers)])].filter((each) => reached(each).size === 0);
  const ofEveryRun = closureOf([...startingAt(everyRun), ...shared]);

  return (id) => {
    const chunk = chunkOf.get(id);
    if (chunk === undefined || (chunk.facadeModuleId === id && chunk.isEntry)) return null;
    const library = libraryOf(id);
    if (library !== null) return library;
    if (remotePlaces.test(id)) return reached(chunk).size === 0 ? "remote" : "stores";
    if (resampling.test(id)) return "work";
    if (documents.test(id)) return "documents";
    if (ofEveryRun.has(chunk)) return "light";
    if (light.has(chunk)) return "commands";
    if (ofReaders.has(chunk)) return "readers";
    if (reached(chunk).has("learners")) return "learners";
    if (!reached(chunk).has("octokit")) return "work";
    return reached(chunk).has("yaml") ? "doctor" : "github";
  };
}

/** @throws for a library that has no file yet: somebody has to decide what may load it. */
function libraryOf(id) {
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1]?.replaceAll("\\", "/");
  if (name === undefined) return null;
  const found = libraries.find(([, names]) => names.test(name));
  if (found === undefined)
    throw new Error(`${name} is bundled: say in packages/refit/chunks.mjs into which file it goes`);
  return found[0];
}
