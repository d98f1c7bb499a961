#!/usr/bin/env node
const path = require('node:path')
const { load, saveStale } = require('./code-cache.js')

const program = load(path.join(__dirname, '..', 'dist', 'main.cjs'))
program.exports.main(process.argv.slice(2)).then(saveStale)
