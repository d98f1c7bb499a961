/** What people ask each other to do, as a part of a pattern. */
export const VERB =
  '(?:write|fix|add|review|check|update|investigate|implement|test|document|refactor|look|prepare|finish|create|build|make|remove|rename|migrate|deploy|release|handle|take|own|design|draft|set|clean|merge|rebase|port|move|split|improve|follow|confirm|verify|decide|approve|triage|publish|reproduce|replace|upgrade|debug|send|run|do|cut|rotate|resolve|sort|tidy|extend|measure|profile|benchmark|translate|ship|wire|drop|rewrite|explore|research|schedule|talk|ask|call|sync)'
