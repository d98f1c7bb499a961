/** Words that say nothing about what a task is about, and what apostrophes leave of some (“don’t”). */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about again all also am an and any are aren as at be been before being but by can could couldn did didn do does doesn
  doing don each for from had hadn has hasn have haven having he her here hers him his how i if in into is isn it its itself
  just let ll may me might more most much must my no nor not of off on once only or other our ours out over own per please
  re s same shall she should shouldn so some still such t than that the their theirs them then there these they this those
  through to too under until up upon us ve very via was wasn we were weren what when where whether which while who whom whose
  why will with within without won would wouldn yes yet you your yours`.split(/\s+/),
)
