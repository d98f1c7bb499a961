/** Building, packaging, installing, releasing, and the platforms it is done for. */
export const BUILDING = `
build, compile, make, built, produce program, translate code ~ webpack, cmake, cargo, gradle, makefile, bazel, tsc
build fails, does not compile, won't build, compile error, compilation error, compiler error ~ type error, linker, missing dependency
compiler, translator ~ gcc, clang, llvm, rustc, tsc, parser, codegen, optimizer
slow build, build time, compile time, build takes long, long compile ~ incremental, cache, parallel, ccache
incremental build, rebuild only changed, incremental, partial rebuild ~ cache, watch, dependency graph
build system, build tool, build script, build file ~ make, cmake, bazel, gradle, maven, meson, ninja, xcodebuild
makefile, make target, make rule ~ just, task runner, build
task runner, run tasks, npm scripts ~ gulp, make, just, turborepo
bundle, bundler, bundling, pack javascript ~ webpack, rollup, esbuild, vite, parcel, tree shaking
bundle size, big bundle, page weight, too much javascript, size of build ~ tree shaking, code splitting, minify, lazy load
minify, minified, uglify, shrink code, compress code ~ terser, source map, bundle
tree shaking, remove unused code, drop unused exports ~ dead code, bundle, side effects
source map, sourcemap, original source, back to source ~ minified, stack trace, debugger
transpile, transpiler, older browsers, down level ~ babel, swc, typescript, polyfill
polyfill, shim, missing browser feature ~ core-js, browser, compatibility
module, import, require, package part ~ esm, commonjs, export, import cycle
esm, commonjs, es module, module format, import or require ~ node, package.json, exports, interop
linker, linking, link error, undefined reference, undefined symbol, unresolved symbol ~ shared library, static, ld
shared library, dynamic library, dll, so file, dylib ~ linker, rpath, abi, loader
static binary, statically linked, single file, single executable, standalone, self contained ~ musl, pkg, bundle, linker
native module, native addon, c extension, native code ~ node-gyp, ffi, prebuild, wheel, abi
ffi, foreign function, other language call, language binding, bindings ~ c, abi, wrapper, wasm
webassembly, wasm, native in browser ~ emscripten, wasi, browser
code generation, codegen, generate code, generated code, generated file ~ template, protobuf, openapi, macro
macro, preprocessor, generated at compile, metaprogramming ~ codegen, define, decorator
cross compile, other platform build, cross compilation ~ target, toolchain, arm64, docker
architecture, cpu type, processor type, chip ~ arm64, x86, amd64, aarch64, riscv, 32 bit
apple silicon, m1, arm mac, new mac, m2 ~ arm64, rosetta, universal binary, macos
arm, arm64, aarch64, raspberry pi ~ architecture, apple silicon, cross compile
32 bit, 64 bit, x86, amd64, x86_64 ~ architecture, pointer size, overflow
platform specific, only on windows, only on mac, only on linux, platform dependent ~ cross platform, portability, os
cross platform, every system, all platforms, portable, portability, platform independent ~ windows, macos, linux, path separator
package, library, dependency, module, lib ~ npm, crate, gem, wheel, jar, nuget
dependency, third party library, external library, library we use, depend on, rely on ~ transitive, lock file, vulnerability, dependabot, renovate, package
update dependency, newer library, bump dependency, upgrade package, dependency update, outdated dependency ~ dependabot, renovate, breaking change, lock file
lock file, lockfile, pinned versions, exact versions, pin version ~ package-lock, cargo.lock, yarn.lock, poetry.lock, reproducible
transitive dependency, indirect dependency, dependency of dependency ~ lock file, override, tree
peer dependency, version conflict, dependency conflict, dependency hell, incompatible versions ~ resolution, override, semver
missing dependency, module not found, cannot find module, package not found, no module named ~ import, install, node_modules
unused dependency, library not needed, drop dependency, remove dependency, fewer dependencies ~ depcheck, knip, bundle size
vendor, vendoring, vendored, copy library in ~ third party, submodule, dependency
package manager, package installer ~ npm, yarn, pnpm, pip, cargo, brew, apt, composer, bundler, poetry, uv, bun, nuget, maven
package registry, registry, where packages are, package index ~ npm, pypi, crates.io, rubygems, maven central, mirror
node_modules, npm install, npm package ~ npm, yarn, pnpm, package.json, node
virtual environment, virtualenv, venv, python environment ~ pip, conda, poetry, uv
install, set up, setup, put on computer, installation, get running ~ installer, package manager, wizard, npm, brew
installer, setup program, install script, install package ~ msi, dmg, pkg, exe, deb, rpm, appimage
uninstall, remove program, deinstall, get rid program ~ cleanup, leftover, installer
system package, distribution package, distro package, linux package ~ deb, rpm, apt, snap, flatpak, aur, nix, homebrew, winget, scoop, chocolatey
homebrew, brew, mac package ~ formula, tap, cask, macos
nix, nixos, flake ~ reproducible, package, derivation
packaging, package up, make installable, package for distribution ~ deb, rpm, wheel, installer, publish
plugin, extension, add on, addon, third party code, plug in ~ hook, marketplace, api, vscode extension
release, ship, publish, put out, new version, deliver, bring out ~ tag, changelog, version, semver, goreleaser
release notes, changelog, what is new, what's new, list of changes ~ keep a changelog, conventional commits, release
publish package, npm publish, upload package, put on registry ~ npm, pypi, provenance, two factor
version, version number, which version, release number ~ semver, tag, bump, version flag
semver, semantic versioning, major version, minor version, patch version ~ breaking change, range, caret
bump version, raise version, next version, increment version ~ release, semver, tag
breaking change, incompatible change, breaks users, not backward compatible, break existing ~ major version, migration guide, deprecate
backward compatible, backwards compatibility, old versions work, still work with, compatibility ~ deprecation, legacy, migration
forward compatible, newer version, written by newer, unknown fields ~ schema version, compatibility
upgrade, update, newer version, go to latest, migrate to new ~ migration, version, breaking change, changelog
downgrade, go back version, older version, previous version ~ rollback, pin, compatibility
self update, auto update, automatic update, update itself, updater, check for updates ~ sparkle, electron updater, release, notification
deprecated, deprecate, phase out, sunset, discouraged, about to go ~ removal, warning, replacement, legacy
end of life, eol, no longer maintained, unmaintained, abandoned, unsupported version ~ deprecated, archive, drop support
drop support, remove support, no longer support, stop supporting ~ node version, end of life, breaking change
minimum version, required version, needs at least, runtime version, node version ~ engines, msrv, nvm, compatibility
prerelease, beta, alpha, release candidate, early version, preview version, nightly build ~ canary, tag, channel
stable, production ready, mature ~ release, lts, channel
experimental, try out, unstable, early access ~ feature flag, beta, preview
artifact, build output, build product, output of build, dist ~ upload, binary, cache, release
prebuilt, precompiled, ready made binary, download binary ~ release, artifact, checksum
reproducible build, same binary, bit for bit ~ deterministic, timestamp, nix, provenance
code signing, sign binary, notarize, unknown developer, signed app ~ certificate, gatekeeper, smartscreen, signtool
app store, play store, store listing, store review ~ testflight, apk, ipa, fastlane
license, licence, legal terms, copyright ~ mit, apache, gpl, lgpl, bsd, mpl, spdx, agpl, proprietary
open source, free software, publicly available ~ license, contributor, community
container, docker, docker image, containerized ~ dockerfile, podman, compose, kubernetes, oci, registry
dockerfile, container image, image build, build image ~ layer, multi stage, alpine, base image, buildkit
image size, smaller image, big container ~ multi stage, alpine, distroless
dev container, development environment, developer setup, set up machine ~ devcontainer, nix, codespaces, docker, vagrant
virtual machine, vm, emulator, simulator ~ qemu, virtualbox, vagrant, android emulator
debug build, release build, build mode, production build, build flags ~ optimization, symbols, minify
debug symbols, symbols, strip binary ~ pdb, dwarf, stack trace
conditional compilation, feature flag build, compile only if, build feature ~ ifdef, cfg, cargo feature
`
