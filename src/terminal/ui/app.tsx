import { Box, Text, useInput } from 'ink'
import { useSyncExternalStore } from 'react'
import { BottomPane } from './bottom-pane.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { HelpPane } from './help-pane.tsx'
import { keysOf } from './key.ts'
import { LEAST, layoutOf } from './layout.ts'
import { ListPane } from './list-pane.tsx'
import { outputShown, type UiState } from './state.ts'
import type { Store } from './store.ts'
import { TaskPane } from './task-pane.tsx'
import { styleOf } from './theme.ts'
import { viewOf } from './views.ts'

/** The view that is open, or the list. */
function MainPane({
  ui,
  width,
  height,
}: {
  readonly ui: UiState
  readonly width: number
  readonly height: number
}) {
  const view = viewOf(ui.view)
  if (!view) return <ListPane ui={ui} width={width} height={height} />
  const slot = ui.views[view.id]
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {slot?.fault ? (
        <Text {...styleOf(ui.theme, 'danger')}>{` ${slot.fault}`}</Text>
      ) : (
        <view.Component
          state={slot?.state ?? view.initial}
          data={slot?.data ?? null}
          theme={ui.theme}
          width={width}
          height={height}
          ui={ui}
        />
      )}
    </Box>
  )
}

function Body({ ui }: { readonly ui: UiState }) {
  const { width, list, task } = layoutOf(ui)
  if (ui.overlay?.kind === 'help') {
    return <HelpPane ui={ui} top={ui.overlay.top} width={width} height={list.height} />
  }
  // What a command prints is shown beside the list, or over a view that has no room beside it.
  if (!task && outputShown(ui)) return <TaskPane ui={ui} width={width} height={list.height} />
  return (
    <Box width={width} height={list.height}>
      <MainPane ui={ui} width={list.width} height={list.height} />
      {task ? (
        <>
          <Text {...styleOf(ui.theme, ui.focus === 'task' || ui.isDragging ? 'border-focused' : 'border')}>
            {Array.from({ length: list.height }, () => (ui.focus === 'task' ? '┃' : '│')).join('\n')}
          </Text>
          <TaskPane ui={ui} width={task.width} height={task.height} />
        </>
      ) : null}
    </Box>
  )
}

function TooSmall({ ui }: { readonly ui: UiState }) {
  const { columns, rows } = ui.size
  return (
    <Text>{`This window is ${columns}×${rows}. Make it ${LEAST.columns}×${LEAST.rows} or larger; q quits.`}</Text>
  )
}

/** All that is on the screen. */
export function Frame({ ui }: { readonly ui: UiState }) {
  if (ui.size.columns < LEAST.columns || ui.size.rows < LEAST.rows) return <TooSmall ui={ui} />
  const { width, height, bottom } = layoutOf(ui)
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Header ui={ui} width={width} />
      <Body ui={ui} />
      <BottomPane ui={ui} width={width} height={bottom} />
      <Footer ui={ui} width={width} />
    </Box>
  )
}

export function App({ store }: { readonly store: Store }) {
  const ui = useSyncExternalStore(store.subscribe, store.state)
  useInput((input, key) => {
    for (const each of keysOf(input, key)) store.send({ kind: 'key', key: each })
  })
  return <Frame ui={ui} />
}
