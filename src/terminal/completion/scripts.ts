/** Shells for which there is completion. */
export const COMPLETED_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type CompletedShell = (typeof COMPLETED_SHELLS)[number]

/**
 * Bash breaks words at `:`, `=` and `@`, and counts the cursor in bytes; so the whole line is handed over, and the answers
 * come as they are to be put in. Bash 3.2, which macOS has, lacks `compopt`: there nothing is appended by bash itself, and
 * what it would append to a word, or put in front of a blank in a file's name, is done here.
 */
const BASH = `_mhv() {
  local mhv_line mhv_lines mhv_path mhv_before mhv_is_old=
  COMPREPLY=()
  type compopt > /dev/null 2>&1 || mhv_is_old=1
  # A substitution that is waited for: within one that is not, Ctrl-C would leave readline without a line.
  mhv_lines=$(command mhv __complete bash "\${COMP_TYPE:-9}" "$2" "$COMP_POINT" "$COMP_LINE" 2>/dev/null)
  [ -n "$mhv_lines" ] || return 0
  mhv_before=\${COMP_LINE:0:COMP_POINT}
  mhv_before=\${mhv_before%"$2"}
  # Within quotes, which bash closes, nothing is to be added.
  case "$mhv_before" in *[\\"\\']) mhv_is_old= ;; esac
  while IFS= read -r mhv_line; do
    case "$mhv_line" in
      $'\\tfiles' | $'\\tdirectories')
        compopt -o filenames 2>/dev/null
        local mhv_kind=-f
        [ "$mhv_line" = $'\\tfiles' ] || mhv_kind=-d
        while IFS= read -r mhv_path; do
          if [ -n "$mhv_is_old" ]; then
            [ ! -d "$mhv_path" ] || mhv_path=$mhv_path/
            printf -v mhv_path %q "$mhv_path"
          fi
          COMPREPLY+=("$mhv_path")
        done < <(compgen "$mhv_kind" -- "$2")
        break ;;
      *'#') compopt -o nospace 2>/dev/null ;;
    esac
    COMPREPLY+=("$mhv_line")
  done <<< "$mhv_lines"
  if [ -n "$mhv_is_old" ] && [ "\${#COMPREPLY[@]}" -eq 1 ]; then
    case "\${COMPREPLY[0]}" in *[#/]) ;; *) COMPREPLY[0]="\${COMPREPLY[0]} " ;; esac
  fi
}
if type compopt > /dev/null 2>&1; then
  complete -o nosort -F _mhv mhv 2>/dev/null || complete -F _mhv mhv
else
  complete -o nospace -F _mhv mhv
fi`

/**
 * `_describe` would put those that mean the same into one line, and sort them: two tasks may have one title, and the order is
 * the program's. So what is shown is made here.
 */
const ZSH = `_mhv() {
  local -a mhv_lines mhv_words mhv_places mhv_shown mhv_there mhv_one expl
  local mhv_line mhv_value mhv_line_shown
  local -i mhv_width=0
  mhv_lines=("\${(@f)$(command mhv __complete zsh $((CURRENT - 1)) "\${(@Q)words[1,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  case "$mhv_lines[1]" in
    '') return 1 ;;
    $'\\tfiles') [[ $PREFIX == --*=* ]] && compset -P '*='; _files; return ;;
    $'\\tdirectories') [[ $PREFIX == --*=* ]] && compset -P '*='; _files -/; return ;;
  esac
  for mhv_line in $mhv_lines; do
    mhv_value=\${mhv_line%%$'\\t'*}
    (( \${#mhv_value} > mhv_width )) && mhv_width=\${#mhv_value}
  done
  for mhv_line in $mhv_lines; do
    mhv_value=\${mhv_line%%$'\\t'*}
    mhv_line_shown=$mhv_value
    [[ $mhv_line == *$'\\t'* ]] && mhv_one=(-l) && mhv_line_shown="\${(r:mhv_width:)mhv_value}  -- \${mhv_line#*$'\\t'}"
    (( \${(m)#mhv_line_shown} < COLUMNS )) || mhv_line_shown=\${(mr:COLUMNS-2:)mhv_line_shown}
    if [[ $mhv_value == *'#' ]]; then
      mhv_places+=("$mhv_value") mhv_there+=("$mhv_line_shown")
    else
      mhv_words+=("$mhv_value") mhv_shown+=("$mhv_line_shown")
    fi
  done
  (( $#mhv_words )) && _wanted -V mhv expl 'mhv' compadd $mhv_one -d mhv_shown -a mhv_words
  (( $#mhv_places )) && _wanted -V repositories expl 'repository' compadd $mhv_one -S '' -d mhv_there -a mhv_places
}
if (( ! $+functions[compdef] )); then autoload -Uz compinit && compinit -i; fi
compdef _mhv mhv`

const FISH = `function __mhv_complete
  set -l mhv_words (commandline -opc)
  set -l mhv_current (commandline -ct)
  set -l mhv_plain (string unescape -- $mhv_current 2>/dev/null); or set mhv_plain $mhv_current
  set -l mhv_lines (command mhv __complete fish (count $mhv_words) $mhv_words $mhv_plain 2>/dev/null)
  switch "$mhv_lines[1]"
    case \\tfiles
      __fish_complete_path $mhv_current
    case \\tdirectories
      __fish_complete_directories $mhv_current
    case '*'
      printf '%s\\n' $mhv_lines
  end
end
complete --command mhv --erase
complete --command mhv --no-files --keep-order --arguments '(__mhv_complete)'`

/**
 * Where nothing is answered, PowerShell offers files by itself. Before 7.3 it hands on no empty word: that one is left out.
 * Of a list such as `a,b` it replaces what stands behind the comma only, so that what stands in front is taken off.
 */
const POWERSHELL = `Register-ArgumentCompleter -Native -CommandName mhv -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @()
  $written = ''
  foreach ($element in $commandAst.CommandElements) {
    if ($element.Extent.EndOffset -lt $cursorPosition) {
      $isString = $element -is [System.Management.Automation.Language.StringConstantExpressionAst] -or
        $element -is [System.Management.Automation.Language.ExpandableStringExpressionAst]
      $words += if ($isString) { $element.Value } else { $element.Extent.Text }
    } elseif ($element.Extent.StartOffset -lt $cursorPosition) {
      $written = $element.Extent.Text.Substring(0, $cursorPosition - $element.Extent.StartOffset)
    }
  }
  $index = $words.Count
  $isQuoted = $written -match '^[''"]'
  $current = $written -replace '^[''"]|[''"]$'
  $replaced = $wordToComplete -replace '^[''"]|[''"]$'
  if ($current -eq '') { $current = $replaced }
  $kept = if ($current.EndsWith($replaced, [System.StringComparison]::Ordinal)) { $current.Length - $replaced.Length } else { 0 }
  if ($current -ne '') { $words += $current }
  $mhv = Get-Command mhv -CommandType Application, ExternalScript -ErrorAction SilentlyContinue | Select-Object -First 1
  if ($null -eq $mhv) { return }
  & $mhv __complete powershell $index @words 2>$null | ForEach-Object {
    $value, $meaning = $_ -split "\`t", 2
    if ($value.Length -le $kept) { return }
    if (-not $meaning) { $meaning = $value }
    $text = $value.Substring($kept)
    if ($isQuoted -or $text -notmatch '^[\\w./=:+-]+(#\\d*)?$') { $text = "'" + $text.Replace("'", "''") + "'" }
    [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $meaning)
  }
}`

const SCRIPTS: Readonly<Record<CompletedShell, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
}

/** Code that makes a shell complete command lines of the program. */
export const completionScript = (shell: CompletedShell): string => SCRIPTS[shell]
