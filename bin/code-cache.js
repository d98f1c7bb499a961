// Loads a bundle with V8's code cache: compiled functions are read instead of compiled, a third of the start-up time.
const fs = require('node:fs')
const path = require('node:path')
const vm = require('node:vm')

/** Where this user's caches are; places that are none, such as an empty one, count as not said. Null where there is no home. */
function cacheHome() {
  const { XDG_CACHE_HOME: own, HOME: home } = process.env
  if (own && path.isAbsolute(own)) return own
  if (home && path.isAbsolute(home)) return path.join(home, '.cache')
  try {
    return path.join(require('node:os').userInfo().homedir, '.cache')
  } catch {
    return null
  }
}
exports.cacheHome = cacheHome

/**
 * Where this user's cache of a bundle is, for a Node that the build made none for. By content: V8 itself compares only
 * lengths, and would run one bundle's code for another of the same size.
 */
function userCache(source) {
  const home = cacheHome()
  if (!home) return null
  const hash = require('node:crypto').createHash('sha256').update(source).digest('hex').slice(0, 20)
  const key = `${process.version}-${process.arch}-${require('node:v8').cachedDataVersionTag()}-${hash}`
  return path.join(home, 'mhv', `${key}.cache`)
}

const read = (file) => {
  try {
    return file ? fs.readFileSync(file) : undefined
  } catch {
    return undefined
  }
}

function compile(file, source, cachedData) {
  return new vm.Script(source, {
    filename: file,
    cachedData,
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
}

function write(file, data) {
  try {
    // Level by level: where the system takes no directories, such as in /proc, Node's recursive way never comes to an end.
    for (const directory of [path.dirname(path.dirname(file)), path.dirname(file)]) {
      if (!fs.existsSync(directory)) fs.mkdirSync(directory)
    }
    fs.writeFileSync(`${file}.${process.pid}`, data)
    fs.renameSync(`${file}.${process.pid}`, file)
  } catch {
    // A cache that cannot be kept costs time only.
  }
}

/** Bundles that have been evaluated, by their files. */
const loaded = new Map()

/** What a bundle requires: the bundles beside it are loaded in the same way as itself, when they are asked for. */
const requireFor = (file) => (name) =>
  name.startsWith('./') ? load(path.join(path.dirname(file), name)).exports : require(name)

/** Evaluates a CommonJS bundle of ASCII characters. */
function load(file) {
  const known = loaded.get(file)
  if (known) return known
  const source = `(function (exports, require, module, __filename, __dirname) {${fs.readFileSync(file, 'latin1')}\n})`
  let script = compile(file, source, read(`${file}.cache`))
  let fallback = null
  if (script.cachedDataRejected !== false) {
    fallback = userCache(source)
    const cached = read(fallback)
    if (cached) script = compile(file, source, cached)
  }
  const module = { exports: {} }
  const stale = script.cachedDataRejected !== false ? fallback : null
  loaded.set(file, Object.assign(module, { script, stale }))
  const directory = path.dirname(file)
  script.runInThisContext().call(module.exports, module.exports, requireFor(file), module, file, directory)
  return module
}
exports.load = load

/** Writes the cache of all that has been compiled by now, beside each bundle that was loaded. */
exports.saveAll = () => {
  for (const [file, { script }] of loaded) write(`${file}.cache`, script.createCachedData())
}

/** The same for this user, of bundles that had none that fits. */
exports.saveStale = () => {
  for (const { script, stale } of loaded.values()) if (stale) write(stale, script.createCachedData())
}
