/** Percent of the lines covered, or why a report does not say. */
export type Coverage = { readonly percent: number } | { readonly unclear: string }

/** Without the rounding that 0.57 × 100 brings. */
const rounded = (percent: number) => Math.round(percent * 1e6) / 1e6

function ofCounts(covered: number, valid: number): Coverage {
  if (valid <= 0) return { unclear: 'it counts no lines' }
  return covered >= 0 && covered <= valid
    ? { percent: rounded((covered * 100) / valid) }
    : { unclear: `it counts ${covered} of ${valid} lines as covered` }
}

/** What LCOV says of one source file; a file that several tests reached has several records. */
interface Source {
  /** Lines that can be run, and whether they were. */
  readonly lines: Map<number, boolean>
  found: number
  hit: number
}

/** LCOV: the `DA` lines of each source file; where a tool leaves these out, its counts `LF` and `LH`. */
function readLcov(text: string): Coverage {
  const sources = new Map<string, Source>()
  let source: Source = { lines: new Map(), found: 0, hit: 0 }
  let records = 0
  for (const line of text.split(/\r?\n/)) {
    const [, key, value = ''] = /^(SF|LF|LH|DA):(.*)$/.exec(line) ?? []
    if (key === 'SF') {
      source = sources.get(value) ?? { lines: new Map(), found: 0, hit: 0 }
      sources.set(value, source)
    } else if (key === 'LF') source.found += Number(value)
    else if (key === 'LH') source.hit += Number(value)
    else if (key === 'DA') {
      const [at, count] = value.split(',').map(Number)
      source.lines.set(at!, (source.lines.get(at!) ?? false) || count! > 0)
    } else if (line.trim() === 'end_of_record') records++
  }
  if (records === 0) return { unclear: 'it is neither LCOV nor Cobertura XML' }
  let [hit, found] = [0, 0]
  for (const { lines, ...counts } of sources.values()) {
    found += lines.size || counts.found
    hit += lines.size ? [...lines.values()].filter(Boolean).length : counts.hit
  }
  if (!Number.isFinite(found + hit)) return { unclear: 'it has counts of lines that are no numbers' }
  return ofCounts(hit, found)
}

/** Cobertura: the attributes of the root; what stands below it says the same in detail. */
function readCobertura(text: string): Coverage {
  const bare = text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE(?:[^>[]|\[[\s\S]*?\])*>/g, '').trim()
  const [, name = '', list = ''] = /^<([\w:.-]+)((?:[^>"']|"[^"]*"|'[^']*')*)>/.exec(bare) ?? []
  if (name !== 'coverage') {
    return {
      unclear: name ? `it is XML of <${name.slice(0, 40)}>, not Cobertura` : 'it is no XML that can be read',
    }
  }
  const attributes = new Map(
    [...list.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key, a, b]) => [
      key,
      a ?? b ?? '',
    ]),
  )
  const number = (key: string) => {
    const value = attributes.get(key)?.trim()
    return value ? Number(value) : Number.NaN
  }
  const [covered, valid, rate] = [number('lines-covered'), number('lines-valid'), number('line-rate')]
  if (Number.isFinite(covered) && Number.isFinite(valid)) return ofCounts(covered, valid)
  if (rate >= 0 && rate <= 1) return { percent: rounded(rate * 100) }
  return { unclear: 'its <coverage> has neither lines-covered and lines-valid nor a line-rate from 0 to 1' }
}

/** The share of lines covered that a report of LCOV or Cobertura tells. */
export function readCoverage(text: string): Coverage {
  const content = text.replace(/^\ufeff/, '').trim()
  if (content === '') return { unclear: 'it is empty' }
  return content.startsWith('<') ? readCobertura(content) : readLcov(content)
}
