/** Version control: branches, commits, merges, remotes, and the hosts of repositories. */
export const VERSIONS = `
version control, source control, scm, vcs, revision control ~ git, mercurial, svn, jujutsu, perforce
git, git command, git client ~ libgit2, gitoxide, plumbing, repository
repository, repo, code base, codebase, project on github, source tree ~ clone, git, monorepo, bare
monorepo, many packages, one big repository, multi package ~ workspace, nx, turborepo, lerna, bazel
code host, forge, code hosting, hosting site ~ github, gitlab, bitbucket, gitea, codeberg, forgejo, azure devops
branch, git branch, line of development, feature branch ~ checkout, main, head, ref, topic branch
main branch, default branch, trunk, master, mainline ~ main, protected, upstream, head
switch branch, check out, checkout, change branch ~ detached head, worktree, dirty
detached head, not on branch, no branch ~ checkout, rebase, ci
commit, check in, save changes, record changes, changeset, revision ~ sha, staged, commit message, amend
commit message, commit text, message of commit ~ conventional commits, trailer, subject line, template
commit hash, sha, commit id, revision number, object id ~ short sha, sha1, sha256, rev parse
trailer, signed off by, co-authored by, line at end ~ commit message, dco
amend, change last commit, fix commit, reword ~ rebase, fixup, rewrite history
stage, staging, staged, index, git add, pick changes ~ unstaged, hunk, commit, partial
uncommitted, not committed, local changes, dirty, modified files, working tree ~ stash, status, untracked
untracked, not tracked, not in git, unknown to git ~ gitignore, status, clean
stash, set aside changes, put changes away, shelve ~ pop, uncommitted
diff, difference, what changed, changes between, compare versions, patch ~ hunk, word diff, side by side, unified
patch, diff file, patch file ~ apply, hunk, format patch
merge, bring together, combine branches, unite, integrate branch ~ conflict, fast forward, squash, merge driver
merge conflict, conflict, conflicting changes, clash of branches, conflict marker ~ resolve, both modified, rerere, mergetool
merge driver, custom merge, merge strategy, three way merge ~ conflict, gitattributes, base
rebase, replay commits, move commits, put on top ~ interactive rebase, squash, force push, conflict
squash, one commit, combine commits, fold commits ~ rebase, fixup, merge
cherry pick, take one commit, backport, port fix, bring fix over ~ release branch, stable
revert, undo commit, back out, take back change, reverse commit ~ reset, rollback
reset, start over, put back, back to initial, restore default ~ revert, clear, reflog
push, git push, send commits, publish commits ~ remote, force push, rejected, upstream
force push, overwrite history, rewrite history, rewritten history ~ rebase, push, protected branch, filter repo
pull, fetch, get latest, update from remote, get new commits ~ remote, merge, rebase, sync
push rejected, non fast forward, remote ahead, cannot push ~ pull, rebase, behind, protected branch
ahead, behind, ahead behind, diverge, diverged ~ upstream, push, pull, sync
remote, origin, remote repository, server repository ~ url, fetch, push, upstream, fork
upstream, original project, parent project, tracking branch ~ fork, remote, downstream, vendor
fork, own copy, copy of project, personal copy ~ upstream, pull request, sync
clone, copy repository, check out project, download repository ~ shallow, depth, mirror, bare
shallow clone, shallow, partial clone, sparse checkout, without history ~ depth, fetch, unshallow, blobless
submodule, nested repository, repository inside repository, subproject ~ subtree, recursive, vendor
worktree, second checkout, several checkouts, parallel checkout, working copy ~ branch, linked, prune
tag, git tag, version tag, release tag, annotated tag ~ release, semver, signed
ref, reference, git ref, refs ~ branch, tag, head, packed refs, symbolic ref, namespace
git hook, hook, pre commit, pre-commit, before commit, commit hook, pre push ~ husky, lefthook, lint staged, post checkout
git notes, notes, note on commit ~ ref, metadata
git log, commit history, project history, log of commits ~ graph, blame, reflog
blame, who changed, who wrote line, annotate, last changed by ~ history, author, log
bisect, find bad commit, when did break, which commit broke ~ regression, good bad
author, committer, written by, commit author, who committed ~ email, mailmap, name, co-author
signed commit, sign commit, gpg, commit signature, verified commit ~ ssh signing, pgp, key, signature
lfs, large file storage, large git files, big files git ~ pointer, annex, quota
git attributes, gitattributes, git settings ~ eol, merge driver, export ignore
pull request, merge request, pr, mr, change request, proposed change ~ review, draft, github, gitlab, approve
draft, work in progress, wip, not ready, unfinished version ~ pull request, unpublished
protected branch, branch protection, branch rules, cannot push main ~ required checks, review, ruleset
merge queue, automatic merge, auto merge, merge train ~ pull request, ci, required checks
code owners, codeowners, who responsible ~ review, owner, approve
issue tracker, bug tracker, task tracker, ticket system ~ jira, github issues, linear, trello, asana, redmine, bugzilla, youtrack
gist, snippet, paste ~ share, code block
github, gitlab, bitbucket ~ pull request, actions, api, token, forge
git server, self hosted git, own git host ~ gitea, gitolite, forgejo, ssh
`
