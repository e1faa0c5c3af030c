/** One call, as the script tells it to whichever machine runs it. */
export interface StartedCall {
  /** Absolute path, on the machine that runs it, of the job folder. */
  readonly root: string;
  readonly argv: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** What the program writes, below `root`. */
  readonly output: string;
  /** How the job comes and its answer goes; `null`: the machine sees the folder. */
  readonly carried: CarriedCall | null;
}

export interface CarriedCall {
  /** Addresses that need no further rights. */
  readonly jobUrl: string;
  readonly answerUrl: string;
  /** sha256 of the job. */
  readonly digest: string;
}

/** Of the job folder: what the script writes last, so that a half answer is none. */
export const endedFile = "ended";

/**
 * A script of plain sh that calls the program, and writes down its exit code and the digest of each file that it made. It needs tar
 * and curl besides only where the job is carried.
 */
export function startScript({ root, argv, variables, output, carried }: StartedCall): string {
  const assigned = Object.entries(variables).map(([name, value]) => word(`${name}=${value}`));
  return `#!/bin/sh
# Written by refit: one call of a program, on whichever machine this runs.
set -eu
if command -v sha256sum >/dev/null; then set -- sha256sum; else set -- shasum -a 256; fi
${carried === null ? enter(root) : fetch(root, carried)}
status=0
env ${assigned.join(" ")} ${argv.map(word).join(" ")} || status=$?
cd ${word(root)}
{
  echo "refit-ended 1 $status"
  if [ -e ${word(output)} ]; then find ${word(output)} -type f -exec "$@" {} +; fi
} >${endedFile}.part
mv ${endedFile}.part ${endedFile}
${carried === null ? "" : send(output, carried)}exit "$status"
`;
}

function enter(root: string): string {
  const sentence = `refit: this machine does not see the job folder ${root}; name a place that both machines know in runnerStore.`;
  return `cd ${word(`${root}/code`)} 2>/dev/null || { echo ${word(sentence)} >&2; exit 1; }`;
}

function fetch(root: string, { jobUrl, digest }: CarriedCall): string {
  return `mkdir ${word(root)}
trap ${word(`rm -rf ${word(root)}`)} EXIT
trap 'exit 143' INT TERM HUP
cd ${word(root)}
curl -fsS --retry 3 -o job.tar ${word(jobUrl)}
echo ${word(`${digest}  job.tar`)} | "$@" -c - >/dev/null
tar -xf job.tar
rm job.tar
mkdir -p code model tmp
cd code`;
}

function send(output: string, { answerUrl }: CarriedCall): string {
  return `set -- ${endedFile}
if [ -e ${word(output)} ]; then set -- "$@" ${word(output)}; fi
tar -cf answer.tar "$@"
curl -fsS --retry 3 -o /dev/null -T answer.tar ${word(answerUrl)}
`;
}

/** One word for sh, whatever is in it. */
function word(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
