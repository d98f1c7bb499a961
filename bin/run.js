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
  const name = isHelp ? 'main' : (programs[`${first} ${second}`] ?? programs[first] ?? 'main')
  const program = load(path.join(__dirname, '..', 'dist', `${name}.cjs`))
  let isOver = false
  // A configuration that is a program may end the process, or leave it without anything to do: no answer is no success.
  process.on('exit', () => {
    if (isOver || process.exitCode) return
    process.exitCode = 1
    console.error('mhv was ended before it had an answer.')
  })
  program.exports.main(argv).then(() => {
    isOver = true
    saveStale()
  })
}
