import { clusters, nameOf, ofKind } from '../manifest.ts'
import type { Manifest, Tree } from '../manifest.ts'
import { replicasOf } from '../rules/scalers.ts'
import type { Problem } from '../rules/rule.ts'
import { findVariable } from '../select.ts'

/** Services that may ask for more connections than their role is given, and servers that give away more than they have. */
export function overbooked(tree: Tree): Problem[] {
  const given = connectionsGiven(tree)
  const sum = Object.values(given).reduce((total, connections) => total + connections, 0)
  return [
    ...ofKind(tree, 'Deployment').flatMap((deployment) => {
      const pool = poolOf(tree, deployment)
      if (pool === undefined) return []
      const surge = Number(deployment.spec?.strategy?.rollingUpdate?.maxSurge ?? 1)
      const most = (replicasOf(tree, deployment).max + surge) * pool
      const limit = given[deployment.metadata.name] ?? 0
      if (most <= limit) return []
      return [
        { object: nameOf(deployment), problem: `may ask for ${most} connections and is given ${limit}` },
      ]
    }),
    ...clustersOf(tree)
      .filter(({ connections }) => sum + reserved > connections)
      .map(({ object, connections }) => ({
        object: nameOf(object),
        problem: `has ${connections} connections, gives away ${sum} and needs ${reserved} itself`,
      })),
  ]
}

/** By service what the Job that makes the roles is told. */
function connectionsGiven(tree: Tree): Record<string, number> {
  const entries = ofKind(tree, 'ConfigMap').flatMap(({ data = {} }) => Object.entries(data))
  return Object.fromEntries(
    entries
      .filter(([name]) => name.endsWith(suffix))
      .map(([name, count]) => [name.slice(0, -suffix.length).toLowerCase(), Number(count)]),
  )
}

/** The connections each process keeps, when it has a database. */
function poolOf(tree: Tree, deployment: Manifest): number | undefined {
  const workload = tree.workloads.find(({ object }) => object === deployment)
  const size = workload && findVariable(tree, workload, 'DATABASE_POOL_SIZE')
  return size === undefined ? undefined : Number(size)
}

function clustersOf(tree: Tree): { object: Manifest; connections: number }[] {
  return clusters(tree).map((object) => ({
    object,
    connections: Number(object.spec.postgresql?.parameters?.max_connections ?? 100),
  }))
}

const suffix = '_CONNECTIONS_MAX'

/** What the server keeps for its operator, its standbys, its administrators and one migration of each service. */
const reserved = 20
