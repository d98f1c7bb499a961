/** Forms that no stemmer brings together with their verb or noun, or that differ between British and American spelling. */
const FORMS = `
begin began begun, break broke broken, bring brought, build built, buy bought, catch caught, choose chose chosen, deal
dealt, draw drew drawn, drive drove driven, eat ate eaten, fall fell fallen, feel felt, fight fought, forget forgot
forgotten, forbid forbade forbidden, freeze froze frozen, get got gotten, give gave given, go went gone, grow grew
grown, hang hung, hide hid hidden, hold held, keep kept, know knew known, lead led, lose lost, make made,
mean meant, overwrite overwrote overwritten, pay paid, rewrite rewrote rewritten, run ran, say said, see
saw seen, sell sold, send sent, shake shook shaken, shoot shot, show shown showed, shrink shrank shrunk, sink sank
sunk, speak spoke spoken, spend spent, stand stood, steal stole stolen, stick stuck, sweep swept, swear sworn, take
took taken, teach taught, tell told, think thought, throw threw thrown, understand understood, wake woke woken, wear
wore worn, win won, write wrote written, bind bound, lay laid, rise rose risen, ring rang rung, sing
sang sung, spin spun, swim swam swum, blow blew blown, index indices indexes, vertex
vertices, matrix matrices, person people, child children, foot feet, mouse mice, datum data, criterion criteria,
analysis analyses, crash crashes, schema schemata, color colour, behavior behaviour, favorite favourite, center
centre, gray grey, dialog dialogue, catalog catalogue, initialize initialise, serialize serialise, normalize
normalise, optimize optimise, organize organise, customize customise, authorize authorise, synchronize synchronise,
analyze analyse, recognize recognise, summarize summarise, prioritize prioritise, localize localise, minimize
minimise, maximize maximise, finalize finalise, categorize categorise, license licence, cancel cancelled cancelling,
label labelled labelling, model modelled modelling, travel travelled travelling
`

/** The form that stands for a word; a word that is not here stands for itself. */
export const BASE_FORMS: ReadonlyMap<string, string> = new Map(
  FORMS.trim()
    .split(',')
    .flatMap((group) => {
      const [base, ...forms] = group.trim().split(/\s+/)
      return forms.map((form) => [form, base!] as const)
    }),
)
