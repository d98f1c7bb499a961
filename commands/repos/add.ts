import { visible } from '../../src/printable.ts'
import { type Addition, addRepository } from '../../src/repos/add-repository.ts'
import { publicUrl } from '../../src/repos/shown-url.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { fileFlag, fileToWrite } from '../../src/terminal/places/repos-file.ts'

export default class ReposAdd extends MhvCommand {
  static override summary = 'Add a repository to those that belong together.'
  static override description =
    'WHERE is a directory, a URL, or the name of a directory beside the file. Comments, unknown keys and the order of the file stay as they are; where there is no file, repos.yaml is made in the working directory. Of a repository that is listed already, what its entry does not say yet is added there; the same again changes nothing.'
  static override examples = [
    'mhv repos add ../akosha --nickname ak --tag search',
    'mhv repos add https://github.com/example/crackerjack.git --role inspector',
    'mhv repos add crackerjack --nickname cj',
  ]
  static override args = {
    where: Args.string({
      required: true,
      description: 'a directory, a URL, or a name beside the file or in it',
    }),
  }
  static override flags = {
    ...fileFlag,
    name: Flags.string({ description: 'what tasks refer to it by; else the last part of where it is' }),
    nickname: Flags.string({ multiple: true, multipleNonGreedy: true, description: 'a shorter name for it' }),
    role: Flags.string({ description: 'what it is for, in one word' }),
    tag: Flags.string({ multiple: true, multipleNonGreedy: true, delimiter: ',', description: 'a tag' }),
    description: Flags.string({ char: 'd', description: 'what it is, in a sentence' }),
    url: Flags.string({ description: 'where its tasks can be fetched where the directory is not there' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReposAdd)
    const cwd = process.cwd()
    const file = fileToWrite(flags.file, cwd)
    const { name, url, role, description, nickname = [], tag = [] } = flags
    const addition: Addition = {
      where: args.where,
      name,
      url,
      role,
      description,
      nicknames: nickname,
      tags: tag,
    }
    const { entry, changed, extended, notes } = await addRepository(file, addition, cwd)
    const shown = entry.url === undefined ? entry : { ...entry, url: publicUrl(entry.url) }
    if (flags.json) return this.printJson({ file, changed, repository: shown, notes })
    const already = changed
      ? `${entry.name} in ${file}: added ${extended.join(', ')}`
      : `${entry.name} is in ${file} already.`
    const said = changed && extended.length === 0 ? `${entry.name} added to ${file}` : visible(already)
    this.did(said, [entry.name])
    if ([args.where, url].some((given) => given !== undefined && publicUrl(given) !== given)) {
      note(
        'Note: what lets somebody in was left out of the URL: the file is there to be shared. git asks for it, or has it from its credential helper.\n',
      )
    }
    for (const { repository, message } of notes) {
      note(visible(`Note: ${repository}: ${message}\n`))
    }
  }
}
