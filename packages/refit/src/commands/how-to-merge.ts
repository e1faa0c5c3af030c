/** On a forge with pages people press its button; otherwise the branch is here. */
export function howToMerge({ url, branch }: { readonly url: string | null; readonly branch: string | null }): string {
  return url?.startsWith("http") ? "merge the pull request" : `git merge ${branch}`;
}
