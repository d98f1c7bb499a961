// The bundle is compiled from a cache, in which V8 keeps no way to import(); a file that Node itself loads has one.
exports.importModule = (address) => import(address)
