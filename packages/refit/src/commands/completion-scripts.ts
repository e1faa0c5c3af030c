/**
 * What makes a shell ask refit when the tabulator key is pressed, by the name of the shell. No script evaluates what was typed: a line such as
 * `refit log $(rm …)` is only completed. Where refit suggests nothing, each shell offers files.
 */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `# Completion of refit for bash. In ~/.bashrc: source <(refit complete bash)
_refit() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(refit complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _refit refit
`,
  zsh: `#compdef refit
# Completion of refit for zsh. In ~/.zshrc, after compinit: source <(refit complete zsh)
_refit() {
  local -a found
  found=("\${(@f)$(refit complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( \${#found} == 0 )); then
    _files
    return
  fi
  found=("\${(@)found//:/\\\\:}")
  found=("\${(@)found/$'\\t'/:}")
  _describe -V refit found
}
compdef _refit refit
`,
  fish: `# Completion of refit for fish. In ~/.config/fish/config.fish: refit complete fish | source
function __refit_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (refit complete -- $words[2..] 2>/dev/null)
  if test (count $found) -eq 0
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c refit -f -a '(__refit_complete)'
`,
};
