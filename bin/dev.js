#!/usr/bin/env node
// Builds, then runs: for work on the program itself.
const { execFileSync } = require('node:child_process')
const path = require('node:path')

execFileSync(process.execPath, [path.join(__dirname, '..', 'scripts', 'build.mjs')], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
require('./run.js')
