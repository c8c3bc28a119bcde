import type { Change } from './good-tree.ts'

/** What the rules of images must find, in containers and where PostgreSQL's operator makes them. */
export const imageFaults: [rule: number, what: string, change: Change][] = [
  [18, 'the latest image', (the) => (container(the).image = 'registry.example/shop/cart:latest')],
  [18, 'an image without a version', (the) => (container(the).image = 'registry.example:5000/shop/cart')],
  [18, 'a database of no version', (the) => (cluster(the).imageName = postgres)],
  [19, 'an image by its tag', (the) => (once(the).image = 'registry.example/shop/cart:1.4.0')],
  [19, 'a database by its tag', (the) => (cluster(the).imageName = `${postgres}:18.1`)],
  [20, 'an image that is not asked for', (the) => (container(the).imagePullPolicy = 'IfNotPresent')],
  [20, 'a database that is not asked for', (the) => delete cluster(the).imagePullPolicy],
  [21, 'an unknown registry', (the) => (container(the).image = `elsewhere.example/cart@${digest}`)],
  [21, "somebody else's database", (the) => (cluster(the).imageName = `elsewhere.example/pg:18@${digest}`)],
  [46, 'a database by its digest alone', (the) => (cluster(the).imageName = `${postgres}@${digest}`)],
  [46, 'a database named in words', (the) => (cluster(the).imageName = `${postgres}:trixie@${digest}`)],
]

const pod = (the: The) => the('Deployment').spec.template.spec
const container = (the: The) => pod(the).containers[0]
const once = (the: The) => pod(the).initContainers[0]
const cluster = (the: The) => the('Cluster', 'postgres').spec

const postgres = 'ghcr.io/cloudnative-pg/postgresql'
const digest = `sha256:${'1'.repeat(64)}`

type The = Parameters<Change>[0]
