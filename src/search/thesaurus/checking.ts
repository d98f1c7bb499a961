/** Tests, checks run by machines, types, style, and the quality of code. */
export const CHECKING = `
test, automated test, check that works, try out, verify ~ unit test, jest, vitest, pytest, junit, spec
unit test, small test, test of function ~ mock, jest, vitest, pytest, junit, mocha, rspec
integration test, test together, test of whole ~ end to end, database, testcontainers
end to end, e2e, browser test, ui test, click through test ~ playwright, cypress, selenium, puppeteer, webdriver
test runner, test framework, testing library ~ jest, vitest, mocha, pytest, junit, cargo test, go test
test suite, all tests, tests run ~ ci, parallel, slow tests
test fails, failing test, red test, broken test, tests not pass ~ assertion, ci, regression, flaky
flaky, flaky test, sometimes fails, fails at random, unreliable test, unstable test, passes sometimes ~ race, timeout, retry, order dependent, nondeterministic
slow tests, tests take long, test speed, test time ~ parallel, shard, mock, fixture
skip test, disabled test, ignored test, turned off test ~ todo, flaky, xfail
untested, not tested, no tests, missing test, not covered, add tests ~ coverage, test
coverage, test coverage, how much tested, code coverage ~ codecov, istanbul, lcov, threshold
mock, stub, fake, pretend, stand in, test double ~ spy, fixture, nock, msw, dependency injection
fixture, test data, sample input, example file ~ factory, seed, golden, mock
snapshot test, golden file, expected output, reference output ~ approval, fixture, diff
fuzz, fuzzing, random input, fuzzer, property based test ~ fast-check, hypothesis, crash, afl, quickcheck
mutation test, test quality, are tests good ~ stryker, coverage
load test, stress test, many requests test, heavy load ~ k6, jmeter, locust, benchmark
smoke test, quick check, basic check, sanity test ~ deploy, release, health check
manual test, test by hand, try manually, qa, quality assurance ~ test plan, checklist, acceptance
acceptance criteria, acceptance test, definition of done, when is done ~ checklist, requirement, spec
visual regression, screenshot test, looks different, screenshot compare ~ percy, chromatic, storybook, playwright
storybook, component gallery, component catalog ~ design system, visual regression
test driven, tdd, test first ~ bdd, red green, cucumber
test isolation, tests interfere, test order, tests depend, tests share state ~ cleanup, flaky, fixture, parallel
ci, continuous integration, build server, automated checks, build pipeline, pipeline, build machine ~ github actions, gitlab ci, jenkins, circleci, travis, azure pipelines, buildkite, workflow
ci fails, build red, pipeline fails, broken build, checks fail, red build ~ test fails, flaky, github actions
github actions, workflow, workflow file, action ~ ci, runner, matrix, yaml, job
runner, build agent, ci machine, self hosted runner ~ github actions, jenkins, label
matrix, several versions, all versions tested, combinations ~ ci, node version, os
ci cache, slow ci, slow pipeline, pipeline takes long ~ cache, parallel, artifact, shard
quality gate, gate, must pass, required check, check before merge, blocking check ~ ci, branch protection, lint, threshold
status check, check status, green check, build status, build badge ~ ci, pull request, badge
deploy, deployment, roll out, rollout, go live, put on server, push to production ~ release, kubernetes, staging, blue green, canary, vercel
continuous delivery, automatic deployment, cd, deploy automatically ~ argo, pipeline, gitops, release
lint, linter, static analysis, code check, style check, code scanner ~ eslint, biome, clippy, ruff, pylint, sonarqube, rubocop, golangci
formatter, format code, auto format, code formatting, formatted ~ prettier, biome, gofmt, black, rustfmt, clang-format
code style, coding style, style guide, coding convention, conventions ~ lint, formatter, naming, editorconfig
type, types, data type, typing, type annotation ~ typescript, mypy, generics, interface, strict
type error, wrong type, type mismatch, type check fails, does not typecheck ~ tsc, mypy, cast, any
type check, type checker, type safety, type safe, strict mode, strictly typed ~ tsc, mypy, pyright, flow, any
generic, generics, type parameter, template type ~ variance, inference, constraint
type inference, infer, guess type, deduce ~ type checker, generic
null safety, nullable, optional type, strict null ~ undefined, option, null pointer
cast, type assertion, convert type, coerce, coercion ~ any, conversion, unsafe
refactor, restructure, rewrite code, clean up code, reorganize code, improve structure, rework ~ technical debt, extract, rename, split
rewrite, from scratch, reimplement, redo, start anew, port ~ migrate, refactor, rust
technical debt, tech debt, legacy code, messy code, ugly code, spaghetti, old code ~ refactor, todo, cleanup
clean code, code quality, maintainable, tidy code, maintainability, code smell ~ refactor, lint, complexity
complex, complicated, too complex, hard to follow, convoluted ~ simplify, cyclomatic complexity, refactor
simplify, simpler, make easier, reduce complexity, simple ~ refactor, remove, minimal
dead code, unused code, not used anymore, unused, no longer needed, code nobody calls, leftover code ~ knip, remove, tree shaking, unreachable
duplicate code, duplicated code, copy pasted code, same code twice, repeated code, dry ~ extract, helper, jscpd
extract, pull out, factor out, move into own, separate out ~ refactor, helper, function, module
split file, long file, file too long, big function, too many lines, god class ~ refactor, extract, module
function, method, procedure, routine, subroutine ~ callback, argument, return value, lambda
variable, constant, value holder, global variable ~ scope, naming, mutable
class, object, instance ~ inheritance, constructor, method, interface
interface, contract, abstract ~ api, trait, implementation
return value, return, result of function, what it returns ~ void, promise, error
hard coded, hardcoded, hard wired, fixed in code, magic number, built in value ~ constant, configuration
rename variable, naming, better name, bad name, misleading name, name of function ~ refactor, consistent, convention
side effect, changes something else, unintended change, mutation, mutate, modifies input ~ pure function, immutable, copy
immutable, cannot be changed, unchangeable, frozen object ~ const, readonly, copy
dependency injection, pass in, inject, inversion of control ~ mock, constructor, container
architecture, structure of code, overall design, layering, modules structure ~ module boundary, layer, hexagonal, adr
coupling, depends too much, tangled, entangled, separation of concerns ~ module, layer, import cycle
circular import, import cycle, circular dependency, mutual import ~ cycle, refactor, madge
design pattern, pattern, factory, singleton ~ architecture, abstraction
abstraction, generalize, generic solution, reuse, reusable, common code, shared code ~ helper, library, base class
helper, utility, util, convenience function ~ library, shared code
consistent, uniform, same everywhere, unify, unified, standardize, harmonize ~ inconsistent, convention, style guide
inconsistent, not uniform, different in places, sometimes this way ~ consistency, unify
todo comment, todo, fixme, left to do ~ technical debt, lint, comment
debug, debugging, find bug, troubleshoot, diagnose, track down, get to bottom ~ debugger, breakpoint, log, devtools
debugger, breakpoint, step through, stop at line ~ gdb, lldb, devtools, inspector, source map
developer tools, devtools, browser console, inspect element ~ chrome, console log, network tab
developer experience, dx, nicer for developers, developer friendly ~ tooling, documentation, onboarding
compiler warning, build warning, compile without warnings ~ lint, werror, deprecated
undefined behavior, unsafe, sanitizer ~ asan, ubsan, valgrind, miri
ast, syntax tree, abstract syntax tree ~ parser, visitor, codemod, tree sitter
codemod, automatic rewrite, automated refactor, change everywhere ~ ast, jscodeshift, migration
language server, lsp, go to definition, editor support, code intelligence ~ autocomplete, vscode, hover, rename symbol
lexer, scanner of source, tokenizer, lexical analysis ~ token, parser, whitespace
optimizer, optimization pass, compiler optimization, better machine code ~ inline, constant folding, loop unrolling, llvm, dead code
machine code, assembly, instructions for cpu, emitted code ~ codegen, register, backend, llvm, bytecode
interpreter, virtual machine, bytecode, runtime ~ jit, stack machine, opcode
just in time, jit, compile while running ~ bytecode, hot path, v8
lifetime, ownership, borrow, borrow checker ~ rust, reference, move
scope, where variable known, visible variable, name lookup ~ closure, shadowing, symbol table, binding
closure, lambda, anonymous function, arrow function ~ capture, scope, callback
operator, plus sign, arithmetic operator, overloading ~ precedence, associativity, parser
overload, same name functions, several signatures, overloaded ~ dispatch, method, type
iterator, generator, loop over, go through, iterate ~ foreach, lazy, stream, yield
loop, repeat, again and again, for each ~ iteration, while, infinite loop
condition, if statement, branch in code, case distinction ~ switch, pattern matching, boolean
pattern matching, match expression, switch statement, exhaustive ~ enum, missing case
error handling, deal with errors, catch errors, handle failure ~ try catch, result, exception, panic
pure function, without side effects, functional ~ immutable, side effect
decorator, annotation, attribute on function ~ metadata, reflection, macro
reflection, introspection, look at itself ~ metadata, type, annotation
`
