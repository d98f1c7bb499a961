import type { Warning } from './source-record.ts'
import { readBacklog } from './trackers/backlog.ts'
import { readBeads } from './trackers/beads.ts'
import { fittedTask } from './trackers/fitted-task.ts'
import { readGitBug } from './trackers/git-bug.ts'
import { readGitHub } from './trackers/github.ts'
import { readGitLab } from './trackers/gitlab.ts'
import { readJira } from './trackers/jira.ts'
import { readTaskMaster } from './trackers/task-master.ts'
import { readTaskwarrior } from './trackers/taskwarrior.ts'
import { tellTracker } from './trackers/tell-tracker.ts'
import type { ReadTracker, Tracker, TrackerFile, TrackerRecords } from './trackers/tracker-task.ts'

const READERS: Readonly<Record<Tracker, ReadTracker>> = {
  beads: readBeads,
  backlog: readBacklog,
  taskwarrior: readTaskwarrior,
  'git-bug': readGitBug,
  'task-master': readTaskMaster,
  github: readGitHub,
  gitlab: readGitLab,
  jira: readJira,
}

/** The records of what a tracker's own tool wrote; every field fits, and what is lost or changed is said. */
export async function readTracker(tracker: Tracker, files: readonly TrackerFile[]): Promise<TrackerRecords> {
  const { tasks, faults, warnings } = await READERS[tracker](files)
  const all: Warning[] = [...warnings]
  const records = tasks.map((task) =>
    fittedTask(task, (kind, message) => all.push({ place: task.place, kind, message })),
  )
  return { records, faults, warnings: all }
}

/** Which tracker wrote a file; null where none of them did. */
export const trackerOf = (file: TrackerFile): Tracker | null => tellTracker(file)
