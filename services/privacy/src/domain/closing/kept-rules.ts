import type { PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import { packs } from '@candor/policy/packs'

/**
 * The versions of a closed account: its periods, by which what a law keeps ends, and for all else the pack it started
 * from. What the business wrote itself is gone.
 */
export function keptRules(versions: readonly PolicyVersion[]): PolicyVersion[] {
  return versions.map((version) => {
    const plain = packs[version.pack].policy
    const own = version.policy.categories
    const categories = Object.fromEntries(
      Object.entries(plain.categories).map(([category, rule]) => [
        category,
        { ...rule, retention: own[category as keyof typeof own].retention },
      ]),
    ) as typeof own
    return { ...version, policy: { ...plain, categories } }
  })
}
