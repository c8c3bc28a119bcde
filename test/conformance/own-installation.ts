import { kustomize, render } from '../deploy/render.ts'
import { startStack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { refusal, same } from '../story/expect.ts'
import { canary, password } from './world.ts'

export const cannotRender = kustomize ? undefined : 'nothing on this machine renders the overlays'

/**
 * The overlay for one business runs the same programs as the one for many, and told what it tells them a platform takes
 * one business and no other.
 */
export async function isOneTreeForBoth(): Promise<void> {
  if (!kustomize) return
  const [many, one] = (await Promise.all([render('production'), render('self-hosted')])) as [any[], any[]]
  same('what runs in an installation of one’s own', programsOf(one), programsOf(many))
  const settings = settingsOf(one)
  same(
    'what only an installation of one’s own is told',
    [settings, settingsOf(many)],
    [{ BUSINESSES: 'one' }, {}],
  )
  await using own = await startStack(settings)
  const signUp = (company: string) =>
    clientsOf(own.url).identity.signUp.mutate({
      name: 'Olga Owner',
      email: `${canary('owner')}@example.com`,
      country: 'DE',
      company,
      password,
    })
  await signUp('The one')
  same('another business', await refusal('another business', signUp('Another')), 'conflict')
}

function programsOf(objects: readonly any[]): string[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ spec }) => spec.template.spec.containers[0].image as string)
    .toSorted()
}

/** What identity is told of how many businesses there are. */
function settingsOf(objects: readonly any[]): Record<string, string> {
  const isIdentity = ({ kind, metadata }: any) =>
    kind === 'ConfigMap' && metadata.name.startsWith('identity-env')
  const { BUSINESSES } = objects.find(isIdentity).data
  return BUSINESSES ? { BUSINESSES } : {}
}
