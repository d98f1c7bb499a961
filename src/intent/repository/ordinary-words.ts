/** Words of English and of the trade that repositories are called as well, as far as no thesaurus of the trade has them. */
const WORDS = new Set(
  `a an and are as at be by do for from go he i if in is it me my no of on or so the to up us we all any app apps api
  apis agent agents auth backend base board bot build cache cli client cloud code common config configuration core
  dash dashboard data db demo deploy dev distribution docs editor engine example examples frontend gateway gui home
  hub infra knowledge lib library lifecycle list main master memory mobile model models notes platform plugin portal
  prod production proxy public quality queue release report reports search semantic server service services session
  shared shell shop site store studio support sync system task tasks team template templates test testing tests theme
  tool tools ui utils vector view web website wiki worker workflow foundation orchestrator macos ios android linux
  windows open new next now off out over under with ready done time day week month year sun mon may march flow note
  mark ping echo atlas index kernel parser router scheduler logger runner monitor console terminal admin users user
  accounts billing payments orders checkout anchor ant apple apollo apron arch arena ark arrow art aurora bank banner
  barn basket bay beacon beam bean bear bee bell bird blade block blog blue boat bolt book boot border bottle box
  brain branch bread brick bridge brook bubble bucket buddy bus business butter button camp canvas car card care cargo
  castle cat cedar cell center central chain chair chart chat choice circle circuit city clock cloth coach coast
  coffee coin comet compass connect contact content context copper coral corner cosmos course court craft crew crown
  cube current desk dial diamond digest dock doctor dog dome door dot dragon dream drift drive drop drum eagle earth
  east edge egg eight elastic element ember energy event express eye fabric face factory falcon family farm feather
  feed fence field film finance fire fish five flag flame fleet flight floor flower focus food forest forge fork form
  forum fountain four fox frame fresh front fuel fusion future galaxy game garage garden gate gear gem general giant
  glass glider globe glue gold golf grain grape graph grass gravity green grid ground group guard guest guide guild
  habit hammer hand harbor harbour hatch hawk hazel health heart hello help hero hill hive honey hook horizon horse
  hotel hour house human ice idea image impact inbox ink insight iron island ivy jade jar jet jewel job journal
  journey judge juice jungle jupiter keeper key kit kitchen kite knight knot label lab labs ladder lake lamp land
  landing lane lantern laser launch law lead leaf league learn ledger legal lemon lens letter level lever life lift
  light lightning lily lime limit line link lion live loan local lock locker log logic loop lotus love luna lunch
  machine magic magnet mail mango map maple marble market marketing mars mast match matrix media meet mercury merchant
  mesh metal meteor metro mind mine mint mirror mission mobility moment money moon moss mountain mouse music name
  nebula nest net network news night node north nova nut oak oasis ocean office olive one onion ops opera optic orange
  orbit orchid order origin outpost owl pack page paint palm panda panel panther paper park partner party patch path
  pay peach peak pearl pebble pen people pepper person phoenix phone photo piano pilot pine pioneer pipe pipeline
  pixel place plan plane planet plant plate play plaza plum pocket poem point polar pond pool port post power prism
  process product profile project prompt pulse puzzle python quartz quest quick quiet quill radar radio rain rainbow
  ranger rapid raven reach reader record red reef relay remote ring river road robin robot rock rocket root rose round
  ruby rust saga sail salt sand satellite saturn scale school science scope scout screen script sea seal seed sense
  sentinel sentry seven shadow shark sheet shelf shield shift ship shuttle side sight signal silk silver simple six
  sketch sky slate smart smoke snap snow social soil solar solo sonar song sound source south space spark sparrow
  sphere spider spirit sport spot spring sprint square stable stack staff stage star start state station steam steel
  stem step stock stone storage storm story strata stream street string strong summit supply surf swan swift table tag
  tail talent talk tank target tea teacher tempo temple tent three thread thunder ticket tide tiger timber title token
  top torch total touch tower town toy track trade traffic trail train travel tree trek tribe trip truck trust tulip
  tunnel turbo two unicorn union unity universe update valley value vault venture venus video village vine vision
  voice volt voyage wallet wagon warehouse watch water wave way weather west whale wheel white wild willow wind window
  wing winter wire wolf wonder wood word words work world yard zebra zen zero zone`.split(/\s+/),
)

const isWordOf = (lines: readonly string[], word: string) => {
  for (const line of lines) {
    for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
      const isApart = (code: number) => Number.isNaN(code) || code === 32 || code === 44
      if (isApart(line.charCodeAt(at - 1)) && isApart(line.charCodeAt(at + word.length))) return true
    }
  }
  return false
}

/**
 * Those of some words, in lower case, that people also say when they speak of something else. The thesaurus of the search has
 * most words of the trade; it is loaded only when there is anything to look up, since few requests name a repository.
 */
export async function ordinaryAmong(words: Iterable<string>): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const left: string[] = []
  for (const word of words) {
    // Nobody takes “boot-fw” or “k8s” for a word.
    if (!/^\p{L}+$/u.test(word)) continue
    if (word.length === 1 || WORDS.has(word) || WORDS.has(word.replace(/s$/, ''))) found.add(word)
    else left.push(word)
  }
  if (left.length === 0) return found
  const { THESAURUS_LINES } = await import('../../search/thesaurus-lines.ts')
  for (const word of left) {
    const one = word.replace(/s$/, '')
    if ([word, one, `${one}s`].some((form) => isWordOf(THESAURUS_LINES, form))) found.add(word)
  }
  return found
}
