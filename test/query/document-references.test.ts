import { expect, test } from 'vitest'
import {
  type DocumentReference,
  referencesInMakefile,
  referencesInMarkdown,
  referencesInScript,
  referencesInShell,
} from '../../src/query/document-references.ts'

const shown = (reference: DocumentReference): string => {
  switch (reference.kind) {
    case 'file':
      return reference.path
    case 'program':
      return `run ${reference.path}`
    case 'command':
      return `mhv ${reference.words.join(' ')}`
    case 'task':
      return `${reference.repository ?? ''}#${reference.number}`
    default:
      return `${reference.kind} ${reference.name}`
  }
}

test.each<[string, string[]]>([
  ['npm run lint && npm run-script a:b -- --fix', ['script lint', 'script a:b']],
  ['CI=1 pnpm run x | tee out', ['script x']],
  ['npm run x -w pkg; npm run y --if-present; npm --prefix a run z; npm test', []],
  ['mhv gate run --only lint,test', ['mhv gate run --only lint,test', 'gate lint', 'gate test']],
  ['npx mhv tl # mhv nothing', ['mhv tl']],
  ['node scripts/x.mjs --a', ['scripts/x.mjs']],
  ['python -m pytest tests; bash -c x; sh ./ci.sh', ['./ci.sh']],
  ['./a/b.sh', ['./a/b.sh']],
  ['/usr/bin/x; ~/bin/y', []],
  ['cd packages/a && npm run b', []],
  ['npm run $NAME; echo "npm run b"', []],
  ['npm run "b c"', []],
])('in the shell, %s names %j', (line, names) => {
  expect(referencesInShell(line).map(shown)).toEqual(names)
})

test('a script that changes the directory, and lines that go on, name nothing', () => {
  expect(referencesInScript('npm run a\nnpm run b \\\n  npm run c\nnpm run d').map(shown)).toEqual([
    'script a',
    'script d',
  ])
  expect(referencesInScript('cd x\nnpm run a')).toEqual([])
})

test('the recipes of a Makefile', () => {
  expect(referencesInMakefile('x: npm run no\n\t@npm run yes\n\t$(RUN) npm run no\nnpm run no\n').map(shown)).toEqual([
    'script yes',
  ]) // biome-ignore format: short
})

test('a page names files by links, commands in shell blocks, tasks in prose; code, comments and examples name nothing', () => {
  const page = `# One
[a](docs/a.md "A") ![b](<img/b.png>) [c](c%20d.md#part) [r]
[web](https://x.org/y.md) [mail](mailto:x@y) [top](/x.md) [here](#x) [ours](path/to/x.md) [t]({{ url }})
[r]: ../r.md
[^1]: note
\`[code](no.md) akosha#1\` <!-- [no](no.md) -->
See akosha#12, cj#3. Not owner/akosha#4, x.org/a#5, C# 6, a#b, #7 nor &#39; but mhv #8.
[akosha#9](https://example.org)

\`\`\`sh
npm run a   # comment
mhv tl
node scripts/x.mjs
\`\`\`
~~~console
$ mhv ready
mhv is what it prints
~~~
\`\`\`ts
import x from '[no](no.md)'
\`\`\`
    [end](end.md)
`
  expect(referencesInMarkdown(page).map(shown)).toEqual([
    'script a',
    'mhv tl',
    'run scripts/x.mjs',
    'mhv ready',
    'docs/a.md',
    'img/b.png',
    'c d.md',
    '../r.md',
    'akosha#12',
    'cj#3',
    '#8',
    'akosha#9',
    'end.md',
  ])
})

test('a page of any bytes is read in the time that its length takes', () => {
  const pieces = [
    '`',
    '` ',
    '[',
    '](',
    '```sh\n',
    '<!--',
    '[a]: ',
    '#1',
    'a#',
    '~~~ ',
    '``` `',
    '`x``\n',
    'a.',
    '](a',
  ]
  for (const piece of pieces) {
    const before = performance.now()
    referencesInMarkdown(piece.repeat(256_000 / piece.length))
    expect(performance.now() - before, piece).toBeLessThan(3000)
  }
})
