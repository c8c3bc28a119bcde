import { useSyncExternalStore } from 'react'

/** Where the reader lives, as far as known: as chosen here, before that the region of the browser's language. */
export function useReaderCountry(): string | undefined {
  return useSyncExternalStore(subscribe, () => country)
}

export function chooseCountry(code: string): void {
  country = code
  for (const listener of listeners) listener()
}

/** `AT` for `de-AT`; most languages name no region. */
function regionOf(languages: readonly string[]): string | undefined {
  return languages
    .map((language) => /-([A-Z]{2})$/.exec(language)?.[1])
    .find((region) => region !== undefined && names.of(region) !== undefined)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
let country = regionOf(navigator.languages)
const listeners = new Set<() => void>()
