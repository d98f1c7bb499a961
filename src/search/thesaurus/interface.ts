/** What people see, point at and press in windows, on pages and in apps. */
export const INTERFACE = `
user interface, ui, gui, front end, frontend, screen, view ~ window, page, layout, component
user experience, ux, usability, ease of use, user friendly, easy to use, intuitive, ergonomic ~ polish, friction, onboarding
page, web page, screen, view, site ~ route, tab, landing page
window, app window, pane, panel ~ split, resize, modal, viewport, frame
button, press button, clickable, push ~ icon button, toggle, submit, disabled, link
click, tap, press, select with mouse ~ button, double click, event handler, pointer
double click, click twice, pressed twice ~ debounce, duplicate submit
right click, context menu, secondary click ~ menu, popup
menu, drop down, dropdown, pull down, hamburger ~ context menu, submenu, navigation, combobox
dropdown, select box, combobox, picker, choice list, pick from list ~ select, option, autocomplete, menu
dialog, modal, popup, pop up, popover, overlay, lightbox ~ confirm, alert, close, backdrop, window
tooltip, hover text, hint on hover, mouse over, hint ~ hover, title attribute, popover
hover, mouse over, point at, pointing, rollover ~ tooltip, highlight, cursor
notification, toast, snackbar, banner, popup message ~ alert, badge, message
checkbox, tick box, tick, check mark, tickbox, tick off ~ toggle, radio button, checked, multi select
toggle, switch, turn on off, on off switch, flip ~ checkbox, enable, disable, flag
slider, range input, knob, drag to set ~ volume, range, input
form, input form, fields to fill, fill in, fill out, enter data ~ input, submit, validation, field
input, text field, text box, entry, textbox, where you type ~ textarea, form, placeholder, field
placeholder, grey text, gray text, hint text ~ input, empty state, label
submit, send form, save form, hit enter ~ form, post, button
autocomplete, auto complete, typeahead, suggest as type, suggestion, completion ~ combobox, fuzzy, tab completion, intellisense
spinner, loading indicator, busy indicator, loading animation, hourglass, wheel ~ skeleton, progress bar, loading state
progress bar, progress, how far, how much left, percentage done, progress indicator ~ spinner, eta, percent
loading, load, still loading ~ spinner, skeleton, lazy, fetch
tab, tabs, tabbed ~ pane, panel, browser tab, tabindex
sidebar, side bar, side panel, left panel, side menu ~ navigation, drawer, collapse, pane
header, top bar, navbar, title bar, toolbar, app bar, heading ~ navigation, banner, sticky
footer, bottom bar, bottom of page, status bar ~ layout, sticky, copyright
navigation, navigate, move around, get around, find way ~ breadcrumb, menu, router, back button, sidebar
breadcrumb, where am i, path trail ~ navigation, hierarchy
back button, go back, previous page ~ history, router, navigation
router, routing, route, which page ~ url, path, navigation, redirect, deep link
table, grid, data grid, spreadsheet view, rows and columns, tabular ~ column, row, cell, header, sort, pagination
column, field in table ~ column width, cell, header, table, grid
row, line in table, record ~ cell, table, select
cell, table cell, box in table ~ row, column, grid, truncate
card, tile, box ~ board, kanban, panel
board, kanban, kanban board, swimlane, task board ~ column, card, drag, lane
tree, tree view, outline, hierarchy view ~ expand, collapse, nested, node, indentation
list, listing, overview, enumeration ~ item, table, bullet, entries
item, entry, element, row, record ~ list, node
expand, unfold, open up, show more, reveal ~ collapse, accordion, details, tree
collapse, fold, close up, show less, minimize, shrink ~ accordion, expand, hide, tree
pagination, paging, page through, next page, page by page, paginate ~ infinite scroll, cursor, offset, limit, load more
infinite scroll, load more, endless scroll ~ pagination, virtualized, lazy load
virtualized, virtual list, windowing, render only visible ~ long list, scroll, performance
scroll, scrolling, move up down, scroll bar, scrollbar, scroll position ~ overflow, viewport, sticky, wheel
overflow, spill over, stick out, does not fit, too wide, runs over, runs off ~ truncate, ellipsis, wrap, clip, scroll
truncate, cut off, cut short, shorten, clip, abbreviate, chop ~ ellipsis, overflow, max length, elide
ellipsis, three dots, dot dot dot ~ truncate, shorten, overflow
wrap, line wrap, word wrap, line break, break line ~ overflow, width, hyphenation, reflow
layout, arrangement, placement, how arranged, positioning ~ css, grid, flexbox, margin, responsive
align, alignment, line up, misaligned, crooked, off center, not aligned ~ padding, column, center, justify, indent
spacing, margin, padding, gap, white space, too close, distance ~ layout, css, align
width, wide, narrow, broad, how wide ~ column width, resize, max width, viewport
height, tall, high, how tall ~ resize, max height, row height
resize, change size, make bigger, make smaller, enlarge, shrink, stretch ~ responsive, width, window size, drag handle, sigwinch
responsive, small screen, phone screen, mobile layout, adapt to screen ~ breakpoint, media query, viewport, mobile
zoom, magnify, zoom in, enlarge, scale up ~ dpi, pinch, font size
full screen, fullscreen, whole screen, maximize ~ window, kiosk
high dpi, retina, hidpi, blurry, blurred, fuzzy text, pixelated, sharp ~ scaling, resolution, device pixel ratio
overlap, overlay, on top of, cover, hidden behind, obscured, in front ~ z index, stacking, modal
theme, skin, look, appearance, color scheme, look and feel ~ dark mode, palette, css variable, branding
dark mode, night mode, dark theme, black background, dark background ~ light mode, theme, contrast, prefers color scheme
color, colour, hue, tint, colored, shade ~ palette, hex, rgb, contrast, ansi, theme
style, styling, css, stylesheet, look ~ tailwind, sass, scss, theme, class name
highlight, emphasize, stand out, mark, accentuate ~ syntax highlighting, bold, color, selection, focus
syntax highlighting, code coloring, colored code, highlight code ~ tree sitter, textmate, prism, tokenizer
animation, transition, motion, moving, animate, fade ~ css, reduce motion, easing, keyframe
flicker, flash, blink, jitter, jump around, flickering, jumpy ~ rerender, layout shift, repaint, fouc, redraw
layout shift, content jumps, page jumps, jumps around ~ cls, flicker, skeleton
render, draw, paint, drew, drawn, display ~ rerender, canvas, redraw, template, dom
rerender, redraw, repaint, refresh screen, update display ~ react, flicker, memo, virtual dom, dirty
refresh, reload, update view, f5, renew ~ stale, polling, live update, hot reload
live update, real time, realtime, update by itself, automatically refresh, instantly see ~ websocket, polling, push, watch, sse
mouse, pointer, cursor, trackpad, touchpad ~ click, hover, drag, wheel
drag, drag and drop, move with mouse, pull, reorder by hand, dnd ~ drop, sortable, handle, reorder
reorder, rearrange, change order, move up, move down, put in order ~ drag, sort, position, rank
keyboard, keys, typing, keypress ~ keyboard shortcut, key binding, tab key, arrow key, enter
keyboard shortcut, hotkey, shortcut, key binding, keybinding, press a key, key combination, keymap ~ ctrl, vim mode, chord, accelerator
focus, keyboard focus, active element, focused ~ tab order, focus trap, outline, autofocus, blur
select, selection, choose, pick, chose, chosen, mark ~ checkbox, highlight, multi select, dropdown
multi select, select several, select many, mark several, select all, bulk select ~ bulk action, checkbox, shift click
bulk, batch, many at once, several at once, all at once, in one go, mass ~ bulk edit, multi select
clipboard, copy paste, copy, paste, cut and paste ~ ctrl c, yank, pasteboard, copy button
undo, revert action, take back, go back, reverse, ctrl z ~ redo, history, rollback, restore
confirm, confirmation, are you sure, ask before, double check ~ prompt, dialog, destructive, yes no
icon, symbol, pictogram, small picture, glyph ~ svg, favicon, emoji, sprite, logo
logo, brand, branding, emblem ~ icon, favicon, identity
badge, counter bubble, chip, pill, marker ~ label, count, notification, shield
avatar, profile picture, profile photo, user picture ~ gravatar, image, initials
chart, graph, plot, diagram, visualization, bar chart, line chart, curve ~ axis, legend, tooltip, pie, histogram, d3, sparkline
axis, axes, scale of chart, tick labels ~ chart, legend, range
dashboard, overview page, control panel, summary page, home screen, start page ~ widget, metrics, chart, grafana, report
widget, component, control, ui element, building block ~ button, react, vue, svelte, web component
component, react, vue, svelte, angular, web component ~ props, hook, state, jsx, template
state, app state, store, what app remembers ~ redux, context, persisted, reducer
hydration, server side rendering, ssr, prerender ~ next.js, nuxt, react, static site
calendar, month view, date grid, agenda ~ date picker, week, ical, event
date picker, choose date, calendar popup, pick date ~ calendar, input, time zone
wizard, step by step, setup assistant, guided, stepper ~ onboarding, form, flow
onboarding, first run, first use, getting started, new user, welcome ~ tour, wizard, tutorial, signup
empty state, nothing to show, no items yet, no results ~ placeholder, blank, onboarding
editor, text editor, code editor, ide ~ vim, neovim, emacs, vscode, intellij, nano, monaco, codemirror, sublime
rich text, wysiwyg, formatted text, bold and italic ~ editor, markdown, prosemirror, contenteditable
browser, web browser ~ chrome, firefox, safari, edge, chromium, webkit, internet explorer
mobile, phone, smartphone, handheld, cell phone, tablet ~ android, ios, iphone, ipad, responsive, touch
touch, touchscreen, finger, swipe, tap, gesture ~ pinch, mobile, long press
desktop app, desktop application, native app ~ electron, tauri, qt, gtk, winui, swiftui
visible, shown, seen, on screen, displayed ~ visibility, hidden, render
hide, hidden, hid, conceal, invisible, not shown, not visible, out of sight ~ collapse, visibility, filter, omit
show, display, shown, present, view, print out ~ render, list, reveal, output
preview, look before, peek, see before, quick look ~ dry run, thumbnail, live preview
side by side, beside, split view, two columns ~ diff, compare, pane
compare, comparison, see differences, what differs ~ diff, side by side
print, printer, on paper, hard copy, print out ~ pdf, page break, stylesheet
`
