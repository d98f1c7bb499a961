import { parentPort, workerData } from 'node:worker_threads'
import { parseSegment } from './parse-tasks.ts'
import type { WorkerJob, WorkerMessage } from './rebuild.ts'

/** Entry of a thread that reads its share of the tasks. */
const { repository, entries } = workerData as WorkerJob
const send = (message: WorkerMessage) => parentPort!.postMessage(message)
void parseSegment(repository, entries, (progress) => send({ progress })).then((parts) => send({ parts }))
