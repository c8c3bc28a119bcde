import type { IContainer } from 'kubernetes-models/v1/Container'
import { nameOf } from '../manifest.ts'
import type { Manifest, Tree, Workload } from '../manifest.ts'

/** A check that each of some things in a tree must stand: true, or what is wrong with it. */
export function each<T>(
  list: (tree: Tree) => readonly T[],
  name: (thing: T) => string,
  passes: Test<T>,
): Check {
  return (tree) =>
    list(tree).flatMap((thing) => {
      const verdict = passes(thing, tree)
      const problems = Array.isArray(verdict) ? verdict : verdict ? [] : ['']
      return problems.map((problem) => ({ object: name(thing), problem }))
    })
}

export function eachObject<T extends Manifest>(list: (tree: Tree) => readonly T[], passes: Test<T>): Check {
  return each(list, nameOf, passes)
}

export function eachWorkload(passes: Test<Workload>): Check {
  return each(
    (tree) => tree.workloads,
    ({ object }) => nameOf(object),
    passes,
  )
}

/** The pods that live on: those of Deployments and StatefulSets. */
export function eachLasting(passes: Test<Workload>): Check {
  return eachWorkload((workload, tree) => !workload.isLasting || passes(workload, tree))
}

/** Every container, also those that only prepare. */
export function eachContainer(passes: (container: IContainer, workload: Workload) => boolean): Check {
  return eachWorkload((workload) =>
    workload.containers
      .filter((container) => !passes(container, workload))
      .map((container) => `container ${container.name}`),
  )
}

/** One of the rules that every overlay's objects must follow. */
export interface Rule {
  readonly id: number
  readonly says: string
  readonly check: Check
}

export interface Problem {
  readonly object: string
  /** Empty where the rule itself says it. */
  readonly problem: string
}

export type Check = (tree: Tree) => Problem[]
type Test<T> = (thing: T, tree: Tree) => boolean | string[]
