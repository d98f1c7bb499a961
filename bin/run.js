#!/usr/bin/env node
const argv = process.argv.slice(2)
const [first = '', second = ''] = argv
// What shells ask for at every prompt and every Tab: too small for a code cache to be worth its reading.
const small = { __proto__: null, __complete: 'complete.cjs', prompt: 'prompt.cjs' }[first]
if (!small || !require(`../dist/${small}`).main(argv)) runProgram()

function runProgram() {
  const path = require('node:path')
  const { load, saveStale } = require('./code-cache.js')
  const programs = { __proto__: null, ...require('../dist/programs.json') }
  const isHelp = argv.includes('--help') || argv.includes('-h')
  // A start costs what its program is large, so the commands of every day have one of their own.
  const isWord = first && !first.includes(' ')
  const name = (isWord && !isHelp && (programs[`${first} ${second}`] ?? programs[first])) || 'main'
  const open = (bundle) => load(path.join(__dirname, '..', 'dist', `${bundle}.cjs`)).exports
  let isOver = false
  // A configuration that is a program may end the process, or leave it without anything to do: no answer is no success.
  process.on('exit', () => {
    if (isOver || process.exitCode) return
    process.exitCode = 1
    console.error('mhv was ended before it had an answer.')
  })
  // Bare, in a terminal, it is the palette, which loads the rest once something was chosen.
  const palette = argv.length === 0 ? open('open-palette') : null
  const running = palette?.opensPalette()
    ? palette.openPalette((words) => open('main').main(words))
    : open(name).main(argv)
  running.then(() => {
    isOver = true
    saveStale()
  })
}
