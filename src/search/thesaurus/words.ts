/** Text, its characters, scripts and languages, and how it is written, read and translated. */
export const WORDS = `
text, string, words, wording, characters ~ utf-8, substring, paragraph, label
character, letter, letters, char, symbol, glyph ~ code point, unicode, byte, grapheme, rune
encoding, charset, character set, character encoding ~ utf-8, utf-16, latin-1, ascii, iso 8859, code page, bom
unicode, international characters, foreign letters, special letters, non ascii, non english ~ utf-8, grapheme, normalization, emoji, code point
garbled text, mojibake, question marks, weird characters, strange symbols, gibberish, wrong characters ~ encoding, utf-8, charset, replacement character
byte order mark, bom ~ utf-8, utf-16, encoding, windows
accent, umlaut, diacritic, dots above, accented letter ~ normalization, nfc, nfd, unicode, german, french
emoji, smiley, emoticon, little faces ~ unicode, grapheme, wide character, surrogate
wide character, double width, full width, character width ~ cjk, emoji, wcwidth, column, align
cjk, asian, east asian, chinese, japanese, korean ~ wide character, ime, kanji, hangul, tokenize, segmentation, kana
right to left, rtl, bidi, bidirectional, written from right ~ arabic, hebrew, persian, urdu, mirror
arabic, hebrew, persian ~ rtl, right to left, bidi
cyrillic, russian, ukrainian, greek, non latin ~ unicode, transliteration, encoding
input method, ime, composition, typing chinese, typing japanese ~ cjk, compositionend, keyboard
surrogate, surrogate pair, lone surrogate ~ utf-16, emoji, code point, unicode
normalize, normalise, canonical form, same form, uniform ~ unicode, nfc, canonicalize, trim, lowercase
font, typeface, typography, lettering ~ glyph, ligature, font size, monospace, web font, nerd font
font size, text size, small text, tiny letters, bigger letters, larger text ~ zoom, accessibility, rem
monospace, fixed width, monospaced ~ font, terminal, code
ligature, joined letters, combined glyph ~ font, coding font
bold, italic, strong text, underline, strikethrough ~ markdown, font weight, emphasis, style
readable, legible, readability, legibility, easy to read ~ contrast, font size, formatting
upper case, uppercase, capital letter, capitals, all caps, capitalized ~ case insensitive, title case
lower case, lowercase, small letters ~ case insensitive, normalize
case conversion, camel case, snake case, kebab case, title case ~ naming convention, identifier
whitespace, blanks, spaces, white space, space character ~ trim, indent, tab, trailing whitespace, newline
trim, strip, strip whitespace, remove spaces, leading spaces, trailing spaces ~ whitespace, normalize
indent, indentation, indented, tabs or spaces ~ whitespace, formatter, nesting, editorconfig
line, lines, text line ~ newline, wrap, line number
line number, which line, position in file, line and column ~ offset, source location, caret, off by one
newline, line break, new line, multiple lines, multi line, multiline ~ crlf, wrap, paragraph
punctuation, comma, full stop, period, colon, semicolon, dash, hyphen ~ apostrophe, quote, separator
separator, delimiter, divider, separated by ~ comma, csv, split, tab
quotation mark, quote, apostrophe, inverted commas, single quote, double quote ~ escape, smart quotes, quoting
escape, escape character, backslash, special character ~ html entity, quoting, unescape, sanitize
control character, nonprintable, invisible character, zero width ~ ansi, escape, nul, sanitize
prefix, beginning, starts with, leading, in front of ~ suffix, namespace
suffix, ending, ends with, trailing, at the end ~ prefix, extension
split, divide, separate, break up, break apart, take apart ~ extract, chunk, partition, delimiter
join, concatenate, concat, put together, combine, glue ~ merge, separator
replace, substitute, swap, exchange, instead of ~ find and replace, regex, migrate
find and replace, search and replace, replace all, substitute ~ regex, sed, codemod
regular expression, regex, regexp, pattern, pattern matching ~ catastrophic backtracking, capture group, glob, grep
match, correspond, correspondence ~ pattern, regex, equal, mismatch
substring, part of word, part of text, inside text ~ contains, search, slice
similar, alike, resemble, almost same, nearly identical, look alike ~ fuzzy, similarity, levenshtein, duplicate
spelling, typo, misspelling, misspelled, spelling mistake, mistyped, spelled wrong ~ fuzzy, did you mean, spell check, correction
did you mean, suggest correction, guess what meant, suggestion ~ typo, fuzzy, levenshtein
spell check, spellchecker, spell checker ~ typo, dictionary, codespell, hunspell
grammar, grammatical, language mistake ~ wording, parser, syntax
wording, phrasing, text of message, copy, formulation, how said ~ label, message, terminology, docs
terminology, naming, vocabulary, terms, what called ~ glossary, rename, consistent
synonym, same meaning, other word, thesaurus ~ search, alias, expansion
plural, singular, one or many, pluralization ~ i18n, wording, inflection
stem, stemming, word form, base form, lemma ~ search, tokenizer, porter
translation, translate, i18n, internationalization, localization, l10n, other languages, localisation ~ locale, language pack, gettext, plural, crowdin, untranslated
untranslated, not translated, missing translation, still english ~ i18n, locale, string
language, locale, user language, tongue ~ english, german, french, spanish, i18n, accept language
locale, regional settings, region, country settings ~ language, date format, decimal comma, collation, lang
programming language, coding language ~ python, javascript, typescript, rust, go, java, ruby, php, kotlin, swift, c++
python ~ pip, django, flask, pytest, asyncio, poetry, virtualenv, jupyter
javascript, js, ecmascript ~ node, typescript, npm, browser, deno, bun, esm
typescript, ts ~ tsc, types, javascript, d.ts
java, jvm ~ kotlin, spring, maven, gradle, jar, scala
rust ~ cargo, crate, borrow checker, clippy, tokio
golang, go language ~ goroutine, go module, gofmt
c++, cpp ~ cmake, gcc, clang, header, template, boost
c#, csharp, dotnet, .net ~ nuget, asp.net, blazor, msbuild
ruby ~ rails, gem, bundler, rspec
php ~ composer, laravel, wordpress, symfony
markdown, md, formatted text ~ commonmark, mdx, readme, code block, front matter
code block, code snippet, fenced code, code sample ~ markdown, syntax highlighting, backtick
html, markup, web markup ~ dom, tag, sanitize, template, entity
parse, parser, parsing, interpret text, make sense of ~ grammar, tokenizer, lexer, ast, syntax error
syntax error, parse error, cannot parse, unexpected token, does not parse ~ parser, malformed, invalid
syntax, grammar, notation, how written ~ parser, dsl, operator
format, formatting, how displayed, presentation ~ pretty print, layout, template, locale
placeholder, variable in text, template variable, interpolation, substitution ~ template, format string
comment, remark, note, annotation ~ doc comment, todo, reply
summary, overview, short version, digest, recap, abstract ~ summarize, report, tldr
summarize, sum up, summarise, condense, shorten ~ summary, ai, aggregate
description, explanation, body text, details ~ summary, title, docs
title, heading, headline, caption, subject, name ~ header, h1, summary
label, caption, text next to, name tag ~ tag, badge, aria label
tokenize, tokenizer, tokenization, split words, word boundary ~ lexer, segmentation, search, llm
natural language, plain english, own words, ordinary words, everyday language ~ nlp, search, semantic, llm
slug, url name, readable id, name in url ~ permalink, url, sanitize
ascii, plain letters, seven bit ~ unicode, transliterate, encoding
ascii art, box drawing, line drawing, borders from characters ~ terminal, table, unicode
base64, encoded binary, hex, hexadecimal ~ encoding, binary, data url
`
