#!/usr/bin/env node
const path = require('node:path')
const { load, saveStale } = require('./code-cache.js')

const program = load(path.join(__dirname, '..', 'dist', 'main.cjs'))
let isOver = false
// A configuration that is a program may end the process, or leave it without anything to do: no answer is no success.
process.on('exit', () => {
  if (isOver || process.exitCode) return
  process.exitCode = 1
  console.error('mhv was ended before it had an answer.')
})
program.exports.main(process.argv.slice(2)).then(() => {
  isOver = true
  saveStale()
})
