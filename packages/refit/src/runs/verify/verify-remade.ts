import { RefitError } from "@refit/core/errors";
import { compareFolders, type FolderFiles } from "@refit/core/history";
import { rolloutProblems, startOfCanary, type Verdict } from "@refit/core/judge";
import { differenceSentence, terminalText, verdictReasonSentence, visibleText } from "@refit/core/report";
import { rolloutText } from "@refit/core/spec";
import type { Context } from "../../products/context.ts";
import type { Evaluation } from "../../products/evaluation.ts";
import { gate } from "../../rooms/gate.ts";
import { readLineage } from "../../versions/read-lineage.ts";
import { asWrittenThen } from "../../versions/as-written-then.ts";
import { readFiles } from "../../versions/version-folder.ts";
import { baseCommitOf, type FoundFolder } from "./base-commit.ts";
import { importedModel } from "../../versions/imported-model.ts";
import { besideModel, givenModel, whyNotTrained } from "../remake/make-again.ts";
import { remake, type Remade } from "./remake.ts";
import { changedAttributes } from "./changed-attributes.ts";
import { claimedSources } from "./claimed-sources.ts";
import type { FolderCheck, VerifyPorts } from "./verification.ts";

/** More say no more: one is enough to refuse it. */
const mostNamed = 10;

/** Makes the version again from the commit that it was made from, and compares every file of the folder with it. */
export async function verifyRemade(ports: VerifyPorts, context: Context, found: FoundFolder): Promise<FolderCheck> {
  const { repository, request } = context;
  const lineage = await readLineage(ports, repository, `${found.treeId}:lineage.json`);
  const given = await givenModel(ports, repository, { treeId: found.treeId, lineage });
  const data = lineage?.data ?? { dataset: context.spec.data, files: [] };
  const believing = { ...ports, sources: claimedSources(ports.sources, { data, basedAt: -Infinity }) };
  const imported = given && importedModel(given);
  const madeFrom = await baseCommitOf(believing, context, { ...found, imported: imported && imported.file });
  const end = (title: string, problems: readonly string[], verdict: Verdict["kind"] | null = null): FolderCheck => ({
    result: problems.length === 0 ? "valid" : "failed",
    title,
    problems,
    verdict,
    inputDigest: found.inputDigest,
    madeFrom,
  });
  const isImport = lineage?.declared?.by === "import";
  if (isImport && context.champion !== null)
    return end("Not an import", [importProblem(request.model, context.champion.number)]);
  const wayOut = `For a version that can be checked, run \`refit run ${request.model}\` on ${repository.baseBranch}.`;
  if (madeFrom === null) {
    return end("Not made again", [`It is not built on a commit of ${repository.baseBranch}.`, wayOut]);
  }

  const attributes = await changedAttributes(ports, repository, found.head);
  if (attributes.length > 0) return end("Not made again", [attributesProblem(attributes)]);

  const from = madeFrom.slice(0, 10);
  ports.out.progress(`Making ${request.model} again from ${from}`);
  const remade = await remadeOrWhyNot(ports, context, madeFrom, {
    data,
    basedAt: await ports.ancestry.committedAt(madeFrom),
    given,
  });
  if (remade.kind === "impossible") return end(`Could not be made again from ${from}`, [...remade.because, wayOut]);
  const files = await readFiles(ports, repository, found);
  const ours = asWrittenThen(remade.files, files);
  const differences = compareFolders(ours, files);
  const made = remade.tookModel
    ? `Scored on the data of ${from}: ${whyNotTrained(lineage)}`
    : `Made again from ${from}`;
  if (differences.length > 0) {
    const title = `${made}: ${differences.length} of ${countOf(ours, files)} files differ`;
    return end(title, [...named(differences.map(differenceSentence)), wayOut]);
  }
  const misplaced = placeProblems(context, found, remade.evaluation);
  if (misplaced.length > 0) return end(`${made}, but it must not start like this`, misplaced);
  const verdict = gate(context, remade.evaluation);
  const equal = remade.tookModel
    ? `the ${besideModel(files)} files beside it were made again and are equal`
    : `all ${files.size} files are equal`;
  // What is in use is not promoted by being imported, so no gate decides about it.
  if (isImport) return end(`${made}; ${equal}`, []);
  const start = found.rollout?.rollout ? `; a canary that starts at ${found.rollout.rollout.percent} %` : "";
  const title = `${made}: ${equal}${start}${verdictWords[verdict.kind]}`;
  return end(title, gateProblems(verdict), verdict.kind);
}

/** Whether it starts as the base branch has it: as a canary with these terms, or as the champion. Sentences. */
function placeProblems(
  { history, repository, request, spec }: Context,
  { rollout }: Pick<FoundFolder, "rollout">,
  evaluation: Evaluation,
): readonly string[] {
  const expected = startOfCanary(spec, evaluation, history.state);
  const { baseBranch } = repository;
  if (rollout === undefined) {
    if (expected === null) return [];
    return [
      `It changes champion/, and \`canary\` in model.yaml of ${baseBranch} says that a new version starts as a canary. Expected: canary/ and rollout.yaml with \`percent: ${expected.percent}\`, as \`refit run ${request.model}\` proposes them.`,
    ];
  }
  if (expected === null) {
    const why =
      spec.canary === undefined
        ? `model.yaml of ${baseBranch} has no \`canary\``
        : "it cannot be compared with a champion that is live";
    return [`It starts as a canary, and ${why}. Expected: the version in champion/.`];
  }
  const problems = rollout.rollout === null ? [] : rolloutProblems(rollout.rollout, expected);
  if (problems.length > 0 || rollout.text === rolloutText(expected)) return problems;
  return [
    "rollout.yaml is written in another way than refit writes it, so that a step would not be one line. Expected: one key a line, and nothing else.",
  ];
}

function importProblem(model: string, number: number): string {
  return `It says that it was imported, and ${model} has v${number}: only a first version is imported. A candidate with \`learner: onnx\` competes with it.`;
}

const verdictWords: Readonly<Record<Verdict["kind"], string>> = {
  promote: "",
  inconclusive: "; undecided, a person may merge it",
  hold: ", but a gate failed",
  block: ", but it must not be promoted",
};

/** A foreseen error ends the attempt, not the check: a learner that is missing, data that are gone. */
async function remadeOrWhyNot(...request: Parameters<typeof remake>): Promise<Remade> {
  try {
    return await remake(...request);
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    return { kind: "impossible", because: [`${error.code}: ${error.message} ${error.hint}`] };
  }
}

function attributesProblem(paths: readonly string[]): string {
  const names = paths.slice(0, mostNamed).map((path) => visibleText(path, 200));
  return `It changes the champion and ${names.join(", ")}, which decides how git reads data files. Put each into a pull request of its own.`;
}

const countOf = (remade: FolderFiles, found: FolderFiles) => new Set([...remade.keys(), ...found.keys()]).size;

function named(sentences: readonly string[]): readonly string[] {
  const more = sentences.length - mostNamed;
  return more > 0 ? [...sentences.slice(0, mostNamed), `And ${more} more.`] : sentences;
}

function gateProblems({ kind, because }: Verdict): readonly string[] {
  if (kind !== "hold" && kind !== "block") return [];
  return because.map((reason) => terminalText(verdictReasonSentence(reason)));
}
