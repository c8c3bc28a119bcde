import { registerHooks } from 'node:module'

/**
 * Loads modules of the platform with a piece of their text replaced, as if somebody had taken it out. Call it before the
 * first of them is imported; a text that is not found, or found twice, is an error.
 */
export function replaceSource(replacements: readonly Replacement[]): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const own = replacements.filter(({ module }) => url.endsWith(`/${module}`))
      if (own.length === 0 || loaded.source == null) return loaded
      let source = loaded.source.toString()
      if (typeof loaded.source !== 'string')
        source = Buffer.from(loaded.source as Uint8Array).toString('utf8')
      for (const { module, from, to } of own) {
        if (source.split(from).length !== 2) throw new Error(`${module} does not hold once: ${from}`)
        source = source.replace(from, () => to)
      }
      return { ...loaded, source }
    },
  })
}

export interface Replacement {
  /** Its path in the tree. */
  module: string
  from: string
  to: string
}
