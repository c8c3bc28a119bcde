import { readFileSync } from 'node:fs'
import { readObjects } from '@candor/deploy/checks/kustomize/render'
import { readTree } from '@candor/deploy/checks/manifest'
import type { Manifest, Tree } from '@candor/deploy/checks/manifest'

/** A small tree in which no rule finds anything. */
export function goodObjects(): Manifest[] {
  return JSON.parse(text)
}

/** That tree after one change. */
export function changed(change: Change): Tree {
  const objects = goodObjects()
  change((kind, name) => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === (name ?? 'cart'))
    if (!found) throw new Error(`The good tree holds no ${kind} ${name ?? 'cart'}.`)
    return found
  }, objects)
  return readTree('fixture', objects)
}

// What the file says once and uses often becomes an object each.
const text = JSON.stringify(readObjects(readFileSync(new URL('fixtures/good.yaml', import.meta.url), 'utf8')))

/** `the('Deployment')` is the one of the service `cart`; changes reach anywhere into it. */
export type Change = (the: (kind: string, name?: string) => any, objects: Manifest[]) => void
