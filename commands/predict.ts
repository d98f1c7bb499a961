import { saidOf } from '../src/repos/said-of.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { askedOf } from '../src/terminal/graph/graph-views.ts'
import { predictNamed } from '../src/terminal/insight/predict-named.ts'
import { predictionJson, predictionText } from '../src/terminal/insight/print-prediction.ts'
import { Args } from '../src/terminal/oclif.ts'
import { now } from '../src/terminal/output/clock.ts'
import { fitted } from '../src/terminal/output/wrapped.ts'
import { federationFlags, freshnessFlag } from '../src/terminal/places/federation-flags.ts'
import { typedTask } from '../src/terminal/task/named-task.ts'
import { isManyTasks, watched } from '../src/terminal/watched.ts'

export default class Predict extends MhvCommand {
  static override summary = 'Say how long a task may take, and what may hold it up.'
  static override description =
    'Learnt from what tasks here came to, with --all from those of all repositories; every answer says what it rests on. Where too little is finished, nothing is said. Work is the time from start to completion, lead time that from creation to completion; of 10 tasks, 8 should end within the interval.'
  static override examples = ['mhv predict 12', 'mhv predict 12 --all', 'mhv predict crackerjack#12 --json']
  static override args = { task: Args.string({ required: true, description: 'number, id, or akosha#12' }) }
  static override flags = { ...federationFlags, ...freshnessFlag }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Predict)
    const typed = typedTask(args.task)
    const { asked, named } = await askedOf(() => this.workplace(), flags, typed)
    const found = await watched('Predicting', () => predictNamed(asked, named!, now()), {
      isLong: isManyTasks(asked.views),
    })
    if (!found) {
      const { snapshot, slot, repository } = named!
      const status = snapshot.status(slot)
      const task = { ref: `${repository}#${snapshot.number(slot)}`, title: snapshot.head(slot).title, status }
      const reason = `it is ${status} already`
      if (flags.json) return this.printJson({ task, abstains: true, reason })
      return this.aside(`#${snapshot.number(slot)}: nothing is predicted, ${reason}.`)
    }
    const { problems } = asked
    if (flags.json) return this.printJson({ ...predictionJson(found.predicted), problems })
    for (const { repository, message } of problems) {
      process.stderr.write(`Problem: ${saidOf(repository, message)}\n`)
    }
    this.print(await fitted(predictionText(found.predicted, asked.home, found.deadline)))
  }
}
