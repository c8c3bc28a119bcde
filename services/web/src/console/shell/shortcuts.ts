import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

/** Single keys that act while nothing is being typed and no dialog is open. They can be switched off (WCAG 2.1.4). */
export function useShortcuts(actions: Record<string, () => void>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = actions[event.key]
    if (!action || event.defaultPrevented || hasModifier(event) || !readEnabled()) return
    if (isTyping(event.target) || document.querySelector('[role=dialog], [role=alertdialog], [role=menu]'))
      return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

export function useShortcutsEnabled(): [boolean, (isEnabled: boolean) => void] {
  return [useSyncExternalStore(subscribe, readEnabled), setEnabled]
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

function readEnabled(): boolean {
  return localStorage.getItem(key) !== 'off'
}

function setEnabled(isEnabled: boolean): void {
  if (isEnabled) localStorage.removeItem(key)
  else localStorage.setItem(key, 'off')
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const key = 'candor.shortcuts'
const listeners = new Set<() => void>()
