import { exceptions, withoutExcepted } from './exceptions.ts'
import type { Exception } from './exceptions.ts'
import type { Tree } from './manifest.ts'
import { accessRules } from './rules/access.ts'
import { availabilityRules } from './rules/availability.ts'
import { graphRules } from './rules/graph.ts'
import { imageRules } from './rules/images.ts'
import { placeholderRules } from './rules/placeholders.ts'
import { podSecurityRules } from './rules/pod-security.ts'
import { probeRules } from './rules/probes.ts'
import { resourceRules } from './rules/resources.ts'
import { schedulingRules } from './rules/scheduling.ts'
import { secretRules } from './rules/secrets.ts'

/** All rules, in the order of their numbers. */
export const rules = [
  podSecurityRules,
  accessRules,
  imageRules,
  resourceRules,
  probeRules,
  availabilityRules,
  schedulingRules,
  graphRules,
  secretRules,
  placeholderRules,
]
  .flat()
  .toSorted((one, other) => one.id - other.id)

/** What the rules find in a tree, less what is written down as an exception. */
export function lint(tree: Tree, excepted: Exception[] = exceptions): string[] {
  const found = rules.flatMap(({ id, says, check }) =>
    check(tree).map(({ object, problem }) => ({
      rule: String(id),
      object,
      says: problem ? `${problem} (${says})` : says,
    })),
  )
  return withoutExcepted(tree.overlay, found, excepted)
}
