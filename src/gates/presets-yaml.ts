import type { ProposedGate } from './preset.ts'

/** A value of YAML that is read as the text that it is, whatever is in it. */
const scalar = (text: string) =>
  /^[A-Za-z./][\w ./:@=+-]*$/.test(text) && !/: |:$| $|^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`

const listed = (values: readonly string[]) => `[${values.map(scalar).join(', ')}]`

/** Gates as the entries of a list in YAML, each with the reason that it is there. */
export const gatesYaml = (gates: readonly ProposedGate[]): string =>
  gates
    .map(({ name, command, files, when, timeout, history, why }) => {
      const lines = [
        `- name: ${scalar(name)}`,
        `  command: ${scalar(command)}`,
        ...(when ? [`  when: ${listed(when)}`] : []),
        ...(files ? [`  files: ${listed(files)}`] : []),
        ...(timeout ? [`  timeout: ${timeout}`] : []),
        ...(history ? ['  inputs: { history: true }'] : []),
      ]
      return [`# ${why}`, ...lines].map((line) => `  ${line}\n`).join('')
    })
    .join('\n')

/**
 * Where editors find the schema: in the package, where the repository has it installed. No address on the net, which would
 * put what editors believe into the hands of whoever has that name there.
 */
const SCHEMA = 'node_modules/mhv/docs/config.schema.json'

/** A whole file of configuration with these gates. */
export const configYaml = (
  gates: readonly ProposedGate[],
): string => `# yaml-language-server: $schema=${SCHEMA}
# (That is for editors; where mhv is installed elsewhere, the schema is in its directory docs.)
#
# Quality gates: commands that have to end with 0 before work counts as done or is pushed.
#   name, command   what it is called, and a line for the shell, run at the top of the worktree
#   files           globs; it runs only where a changed file matches, and ! in front excludes
#   when            any of done, pre-push, ci, pre-commit; the first three unless given
#   timeout         30s, 10m, 2h; 10m unless given
#   required        false makes it advice, which stops nothing
# "mhv gate run" runs them, "mhv config show" prints every setting that there is.
gates:
${gatesYaml(gates)}`
