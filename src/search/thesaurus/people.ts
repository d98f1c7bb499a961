/** People, their work, how it is tracked and agreed on, and what is written for them to read. */
export const PEOPLE = `
person, people, somebody, someone, human, individual, member ~ user, author, assignee, team
user, end user, customer, client, visitor ~ account, profile, people
developer, programmer, engineer, coder, dev ~ contributor, maintainer, team
maintainer, owner of project, project lead, core team ~ contributor, review, release
contributor, outside developer, newcomer, volunteer ~ pull request, contributing guide, good first issue
team, group of people, colleagues, coworkers, crew ~ member, organization, collaboration
organization, organisation, company, org, business ~ team, tenant, enterprise
boss, manager, lead, management ~ report, product owner, stakeholder
stakeholder, interested party, involved people ~ report, product owner
task, ticket, issue, work item, to do, todo, job, chore ~ bug, story, epic, subtask, card
user story, story, epic, feature description ~ task, acceptance criteria, backlog
subtask, sub task, child task, part of task, smaller step, breakdown ~ checklist, parent, epic, hierarchy
checklist, list of steps, tick list, to do list ~ checkbox, subtask, acceptance criteria
backlog, list of work, waiting work, not yet started, later work ~ triage, priority, queue, roadmap
create task, open ticket, file issue, report bug, new issue, raise ticket ~ template, form, add
bug report, report problem, issue report, error report, problem report ~ template, steps, reproduce
feature, capability, functionality, function, new ability ~ feature request, enhancement, implement
feature request, wish, suggestion, idea, proposal, would be nice, would like, please add ~ enhancement, feedback, rfc
enhancement, improvement, improve, make better, better, polish, refine ~ feature, optimize, refactor
implement, add support, build feature, introduce, realize, make possible ~ feature, develop, add
requirement, need, demand, what is wanted, must have ~ spec, acceptance criteria, user story
specification, spec, formal description, standard, norm ~ rfc, requirement, w3c, ecma
assign, give to, hand over, hand to, delegate, put in charge ~ assignee, owner, claim, responsible
assignee, responsible, in charge, who does it, who works on, owner of task ~ assign, claim, unassigned
unassigned, nobody works on, without owner, no one responsible, up for grabs ~ assignee, claim, backlog
claim, take task, take on, pick up, grab, reserve, volunteer for ~ assign, lock, lease, in progress
owner, belongs to, ownership, responsible person ~ assignee, code owners, permission
start work, begin, start, begin work, began, get going, commence ~ in progress, claim, branch
in progress, being worked on, ongoing, under way, started, doing, active ~ status, claim, wip
finish, done, complete, completed, close, finished, get done, conclude ~ closed, resolved, merge, status
reopen, open again, not really done, bring back ~ closed, undo, status
close issue, close ticket, mark done, mark as finished, tick off ~ resolved, wontfix, done
wontfix, will not do, not planned, rejected idea, abandon, give up, drop idea ~ close, cancelled, invalid
cancel, call off, abandon, give up, stop work ~ abort, wontfix, close
archive, put away, file away, stow away, move to archive, old ones ~ unarchive, hide, completed, retention
blocked, waiting for, cannot continue, held up, depends on, waits on ~ blocker, dependency, prerequisite
blocker, show stopper, blocking issue, prevents release ~ critical, blocked, priority
depends on, prerequisite, must come first, needs other first, dependency between tasks ~ blocked, order, graph, critical path
related, linked, connected, belongs together, see also, relation ~ link, reference, duplicate, dependency
status, state, stage, phase, where it stands ~ workflow, open, closed, in progress, transition
workflow, process, procedure, way of working, flow, steps to follow ~ state machine, transition, automation, status
state machine, allowed transitions, status change, next state, transition ~ workflow, status
priority, importance, urgency, how important, how urgent, what first ~ severity, p0, critical, rank, triage
urgent, critical, important, pressing, emergency, asap, top priority, high priority ~ hotfix, p0, incident, severe
minor, low priority, trivial, small thing, nice to have, unimportant, cosmetic ~ nit, polish, backlog
severity, how bad, seriousness, impact, severe ~ priority, incident, critical
triage, sort through, go through new, classify issues ~ label, priority, inbox, backlog
label, tag, keyword, marker, sticker ~ category, badge, filter, color
comment, reply, answer, remark, discussion, discuss, talk about ~ thread, mention, note, review
mention, at mention, ping someone, notify person, call attention ~ notification, comment, username
thread, conversation, discussion ~ comment, reply, chat
review, code review, look over, second opinion, check by colleague, look through ~ approve, pull request, comment, reviewer
approve, approval, sign off, give ok, agree, accept, green light ~ review, reject, gate, reviewer
request changes, reject, send back, disapprove, turn down ~ review, rework
reviewer, approver, who reviews ~ code owners, assign, pull request
notify, notification, let know, inform, tell, told, message to, alert someone ~ email, slack, push notification, webhook, subscribe
subscribe, follow, watch issue, get updates, keep informed ~ notification, unsubscribe, mailing list
unsubscribe, stop emails, too many notifications, mute ~ notification settings, spam
inbox, unread, new messages, unread count, mark as read ~ notification, mail, badge
feedback, opinion, survey, rate, rating, thumbs up ~ review, form, nps
vote, upvote, poll, like, reaction ~ ranking, feedback, emoji
decision, decide, make up mind, choose between ~ adr, rfc, discussion
meeting, standup, daily, what happened yesterday, catch up, retrospective ~ report, summary, calendar, sprint
sprint, iteration, cycle, two weeks ~ scrum, velocity, planning, milestone
planning, plan, what comes next, plan work, roadmap ~ sprint, milestone, estimate, backlog
milestone, goal, target release, target, phase ~ deadline, roadmap, release, epic
roadmap, future plans, long term plan, what is planned ~ milestone, release, timeline
velocity, pace of work, burndown, throughput, team speed, done per week ~ sprint, report, cycle time, chart
cycle time, lead time, time per task, time to finish ~ metrics, velocity, report
workload, too much work, busy, how much work, capacity ~ assignee, planning, wip limit
progress report, status report, report, state of work, report to boss ~ summary, chart, dashboard, export
activity, what was done, recent changes, activity feed, what happened ~ log, history, timeline, feed
project, product, undertaking, initiative ~ repository, workspace, roadmap
handoff, hand over, pass work on, takeover, transfer work ~ assign, context, summary
role, job, function in team ~ permission, owner, reviewer
automation, automatic, automatically, by itself, no manual work, automate ~ bot, workflow, cron, script, rule
manual, manually, by hand, without automation, do it myself ~ automate, tedious
tedious, cumbersome, annoying, awkward, inconvenient, painful, too many steps, too much typing ~ shortcut, automate, usability
convenient, handy, comfortable, easier, shortcut ~ alias, default, usability
rule, policy, guideline, regulation ~ lint, gate, enforce, workflow
enforce, make sure, ensure, force, guarantee, insist, must always ~ gate, lint, validation, policy
prevent, stop from, avoid, keep from, forbid, disallow, do not let ~ block, guard, validation, restrict
bot, robot, automated user, automation account ~ dependabot, renovate, github app, script
documentation, docs, doc, manual, written explanation, documented, handbook ~ readme, guide, api reference, docusaurus, sphinx, mkdocs, man page
undocumented, not documented, missing docs, not explained, nowhere described ~ documentation, readme, docstring
readme, front page text, project description, introduction ~ markdown, badge, getting started
guide, tutorial, how to, howto, walkthrough, step by step, instructions, explained ~ docs, getting started, cookbook, example
getting started, quick start, quickstart, first steps, beginner, for newcomers ~ tutorial, readme, onboarding
example, sample, demo, demonstration, show how ~ code block, playground, tutorial
doc comment, docstring, code comment, inline documentation, javadoc ~ jsdoc, rustdoc, typedoc, api reference
api reference, reference documentation, list of functions, api docs ~ openapi, typedoc, docs
outdated docs, wrong documentation, docs disagree, stale docs ~ readme, update, drift
contributing guide, how to contribute, contribution guidelines, contributing ~ code of conduct, template, readme
code of conduct, community rules, governance ~ contributing, community
faq, questions and answers, common questions, frequently asked ~ docs, troubleshooting, support
troubleshooting, help with problems, problem solving guide ~ faq, debug, doctor, docs
support, help, assistance, customer support, help desk ~ ticket, chat, docs, question
glossary, dictionary of terms, definitions ~ terminology, docs
wiki, knowledge base, notes of team ~ confluence, notion, obsidian, docs
design document, rfc, architecture decision, adr, technical design ~ proposal, decision, docs
issue template, form for issues, report form, pull request template ~ template, bug report, github
screenshot, screen capture, picture of screen ~ image, recording, gif
screencast, recording, screen recording, demo video ~ asciinema, gif, video
website of project, project site, docs site, documentation site ~ docusaurus, landing page, github pages
blog, article, post, announcement, news ~ rss, release notes, cms
acknowledge, credit, thanks, list of contributors, give credit ~ contributor, author, changelog
`
