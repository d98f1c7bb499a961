import type { SetUpModel } from '../embedding/model-folder.ts'
import type { Trial } from '../embedding/transformers-embedder.ts'
import { visible } from '../printable.ts'
import type { checkModel } from '../searching/model-here.ts'
import { pasted } from './failing/pasted-step.ts'
import { sizeOf } from './output/size-of.ts'

type Checked = Awaited<ReturnType<typeof checkModel>>

/** A time of the order of seconds, or of milliseconds. */
const timeOf = (milliseconds: number) =>
  milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds)} ms`

/** What a model was found to do. */
export const trialText = ({ dimensions, loading, embedding }: Trial): string =>
  `${dimensions} dimensions, loads in ${timeOf(loading)}, ${timeOf(embedding)} for a sentence`

/** A model as scripts see it. */
export const modelJson = ({ name, id, folder, bytes, dimensions, quantized }: SetUpModel) => ({
  name,
  id,
  folder,
  bytes,
  dimensions,
  quantized,
})

/** Times of a trial as scripts see them. */
export const trialJson = (trial: Trial | null) => ({
  loading_ms: trial && Math.round(trial.loading),
  embedding_ms: trial && Math.round(trial.embedding),
})

/** The model that counts and whether it works as scripts see them; null where there is none. */
export function checkedModelJson(model: SetUpModel | null, checked: Checked | null) {
  const { trial = null, error = null } = checked ?? {}
  return {
    model: model && modelJson(model),
    works: checked && error === null,
    ...trialJson(trial),
    error: error && {
      code: error.code,
      name: error.error,
      message: error.message,
      recovery: error.recovery.map(pasted),
    },
  }
}

/** What there is to say of the model that counts, a line each. */
export function modelLines(
  { name, folder, bytes, quantized }: SetUpModel,
  isConfigured: boolean,
  { trial, error }: Checked,
  vectors: { readonly embedded: number; readonly tasks: number } | null,
): string[] {
  return [
    `model    ${name} (${isConfigured ? 'search.model in the configuration' : 'set up last'})`,
    `folder   ${folder}`,
    `size     ${sizeOf(bytes)}${quantized ? ', quantised' : ''}`,
    `loads    ${trial ? `yes: ${trialText(trial)}` : `no: ${error.message}`}`,
    ...(error?.recovery ?? []).map((step) => `    ${pasted(step)}`),
    ...(vectors ? [`vectors  of ${vectors.embedded} of ${vectors.tasks} tasks here`] : []),
  ].map((line) => visible(line))
}
