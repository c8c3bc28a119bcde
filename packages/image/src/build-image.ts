import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { builderNames, findBuilder } from './builders.ts'
import { makeImage, makeMachineBase } from './make-image.ts'
import { images, readManifest, rootDir, serviceDir } from './places.ts'
import { readRevision } from './revision.ts'

const usage = `Usage: npm run image -- SERVICE... [options]
  SERVICE              ${images.join(', ')}, or all
  --with TOOL          docker, podman or buildah; else the first that works here
  --name PREFIX        what the images' names begin with (candor)
  --tag TAG            their tag (the version)
  --from-this-machine  bundled here, on this machine's Node: nothing is pulled`

const { values, positionals, choose, refuse } = readCommandLine(usage, {
  allowPositionals: true,
  options: {
    with: { type: 'string' },
    name: { type: 'string', default: 'candor' },
    tag: { type: 'string' },
    'from-this-machine': { type: 'boolean', default: false },
  },
})
if (positionals.length === 0) refuse('Say of which service.')
const chosen = choose('image', positionals, ['all', ...images])
const services = chosen.includes('all') ? images : chosen
if (values.with) choose('builder', [values.with], builderNames)
// A builder would say so too, but only once everything is bundled.
if (!/^[a-z0-9]+(([._-]+|:(?=\d+(\/|$))|\/)[a-z0-9]+)*$/.test(values.name))
  refuse(`--name takes a registry and a path in small letters, not "${values.name}"`)
if (values.tag !== undefined && !/^\w[\w.-]{0,127}$/.test(values.tag))
  refuse(`--tag takes letters, digits, dots and dashes, not "${values.tag}"`)
const builder = await findBuilder(values.with).catch(fail)
await build().catch((err: Error) => {
  const hint = '\nWhere no registry can be reached: --from-this-machine pulls nothing.'
  fail({ message: values['from-this-machine'] ? err.message : err.message + hint })
})

async function build(): Promise<void> {
  const revision = await readRevision()
  const work = join(rootDir, '.candor/image')
  const base = values['from-this-machine'] ? await makeMachineBase(builder, join(work, 'base')) : undefined
  for (const service of services) {
    const tag = `${values.name}/${service}:${values.tag ?? readManifest(serviceDir(service)).version}`
    const folder = join(work, service)
    await makeImage(builder, { service, tag, folder, revision, base })
    console.log(
      `${tag} is built by ${builder.name}; bill of materials and source maps: ${join(folder, 'aside')}`,
    )
  }
}

/** What a builder said is all there is to know. */
function fail({ message }: { message: string }): never {
  console.error(message)
  process.exit(1)
}
