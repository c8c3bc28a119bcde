import { exceptions } from './exceptions.ts'
import type { Exception } from './exceptions.ts'
import type { Tree } from './manifest.ts'
import { accessRules } from './rules/access.ts'
import { availabilityRules } from './rules/availability.ts'
import { graphRules } from './rules/graph.ts'
import { imageRules } from './rules/images.ts'
import { podSecurityRules } from './rules/pod-security.ts'
import { resourceRules } from './rules/resources.ts'
import { secretRules } from './rules/secrets.ts'

/** All rules, in the order of their numbers. */
export const rules = [
  podSecurityRules,
  accessRules,
  imageRules,
  resourceRules,
  availabilityRules,
  graphRules,
  secretRules,
]
  .flat()
  .toSorted((one, other) => one.id - other.id)

/** What the rules find in a tree, less what is written down as an exception, and exceptions that except nothing. */
export function lint(tree: Tree, excepted: Exception[] = exceptions): string[] {
  const used = new Set<Exception>()
  const found = rules.flatMap(({ id, says, check }) =>
    check(tree)
      .filter(({ object }) => {
        const exception = excepted.find(
          (one) => one.rule === id && one.overlays.includes(tree.overlay) && one.object.test(object),
        )
        if (exception) used.add(exception)
        return !exception
      })
      .map(({ object, problem }) => `${id} ${object}${problem && `: ${problem}`} (${says})`),
  )
  const unused = excepted.filter((one) => one.overlays.includes(tree.overlay) && !used.has(one))
  return [...found, ...unused.map(({ rule, object }) => `exception ${rule} ${object.source} excepts nothing`)]
}
