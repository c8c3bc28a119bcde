import { useEffect } from 'react'

/** Names the document; a count of what waits stands in front of it on every page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    page = title
    write()
  }, [title])
}

export function useTitleBadge(count: number): void {
  useEffect(() => {
    badge = count
    write()
    return () => {
      badge = 0
      write()
    }
  }, [count])
}

let page = ''
let badge = 0

function write(): void {
  document.title = `${badge > 0 ? `(${badge}) ` : ''}${page ? `${page} · ` : ''}Candor`
}
