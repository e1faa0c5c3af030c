/**
 * The `update` hook of the bare repository, once per pushed ref: `$1` ref, `$2` old, `$3` new.
 *
 * Rules that need no objects were judged by the server before and arrive in `HUB_REFUSED` (one ref a line, a
 * tab, the text with `\n`); what needs the new objects is judged here.
 */
export const updateHook = `#!/bin/sh
zero=0000000000000000000000000000000000000000
tab=$(printf '\\t')

refused=$(printf '%s\\n' "$HUB_REFUSED" | grep -F "$1$tab" | head -n 1)
if [ -n "$refused" ]; then
  printf '%b' "\${refused#*$tab}" >&2
  exit 1
fi
[ "$3" = "$zero" ] && exit 0

if [ "$2" != "$zero" ] && printf '%s\\n' "$HUB_NO_FORCE" | grep -qxF "$1" && ! git merge-base --is-ancestor "$2" "$3"; then
  printf 'error: GH006: Protected branch update failed for %s.\\nerror: Cannot force-push to this branch\\n' "$1" >&2
  exit 1
fi

large=$(git rev-list --objects "$3" --not --all | git cat-file --batch-check='%(objectsize) %(rest)' |
  awk -v most="$HUB_MAX_BYTES" '$1 > most { printf "File %s is %.2f MB; ", substr($0, length($1) + 2), $1 / 1048576 }')
if [ -n "$large" ]; then
  printf "error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.\\nerror: %sthis exceeds GitHub's file size limit of 100.00 MB\\n" "$large" >&2
  exit 1
fi

if [ "$HUB_NO_WORKFLOWS" = 1 ]; then
  touched=$(git log --format= --name-only -m "$3" --not --all -- .github/workflows | sed '/^$/d' | head -n 1)
  if [ -n "$touched" ]; then
    printf 'refusing to allow a GitHub App to create or update workflow \`%s\` without \`workflows\` permission\\n' "$touched" >&2
    exit 1
  fi
fi
exit 0
`;
