import { answers, runTool } from './run-tool.ts'

/** The first of docker, podman and buildah that works on this machine, or the one that is asked for. */
export async function findBuilder(wanted?: string): Promise<Builder> {
  for (const [name, { probe }] of Object.entries(builders))
    if ((wanted ?? name) === name && (await answers(name, probe))) return builderOf(name as BuilderName)
  throw new Error(
    wanted === undefined
      ? 'an image is built by docker, podman or buildah, and none of them works here; Debian: apt-get install buildah'
      : `${wanted} does not work here`,
  )
}

/** Of these, `storage` keeps the images apart from those of the machine; docker cannot. */
export function builderOf(name: BuilderName, storage: readonly string[] = []): Builder {
  const { time, layered } = builders[name]
  return {
    name,
    async build(folder, options) {
      const epoch = String(options.epochSeconds)
      const args = [
        ...Object.entries(options.args).flatMap(([arg, value]) => ['--build-arg', `${arg}=${value}`]),
        ...Object.entries(options.contexts ?? {}).flatMap(([at, from]) => [
          '--build-context',
          `${at}=${from}`,
        ]),
        ...(options.file ? ['--file', options.file] : []),
        ...(options.tag ? ['--tag', options.tag] : []),
        ...(options.target ? ['--target', options.target] : []),
        ...(options.output ? ['--output', options.output] : []),
        ...(options.afresh ? ['--no-cache'] : layered),
      ]
      await runTool(name, [...storage, 'build', ...time(epoch), ...args, folder])
    },
  }
}

/** How each is asked whether it works, and told the time of all files and to keep the layers between. */
const builders: Record<BuilderName, Spelling> = {
  docker: {
    // Its client answers without a server; only what it asks the server for tells.
    probe: ['version', '--format', '{{.Server.Version}}'],
    time: (epoch) => ['--build-arg', `SOURCE_DATE_EPOCH=${epoch}`],
    layered: [],
  },
  podman: { probe: ['version'], time: (epoch) => ['--timestamp', epoch], layered: ['--layers'] },
  buildah: { probe: ['version'], time: (epoch) => ['--timestamp', epoch], layered: ['--layers'] },
}

export const builderNames: readonly string[] = Object.keys(builders)

interface Spelling {
  readonly probe: string[]
  readonly time: (epoch: string) => string[]
  readonly layered: string[]
}

type BuilderName = 'docker' | 'podman' | 'buildah'

export interface Builder {
  readonly name: BuilderName
  build(folder: string, options: BuildOptions): Promise<void>
}

interface BuildOptions {
  args: Record<string, string>
  /** Folders that stand in for stages, by the stage's name. */
  contexts?: Record<string, string>
  file?: string
  tag?: string
  target?: string
  /** Where the target's files go, in place of an image. */
  output?: string
  /** The time every file and the image itself gets. */
  epochSeconds: number
  /** Takes no layer from an earlier build. */
  afresh?: boolean
}
