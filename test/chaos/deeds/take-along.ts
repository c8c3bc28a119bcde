import { furnishTenant } from '../../derived/tenants.ts'
import { clientsOf } from '../../story/clients.ts'
import { fromLink, openMailbox } from '../../story/mailbox.ts'

/** Somebody takes what one business holds about them, and another takes it in. */
export async function takeAlong({ url }: { url: string }, canary: string): Promise<void> {
  const anyone = clientsOf(url)
  const [from, to] = [await furnishTenant({ url }, `${canary}a`), await furnishTenant({ url }, `${canary}b`)]
  const email = `visitor.${canary}a@example.org`
  const { id: requestId } = await anyone.privacy.openRequest.mutate({
    business: from.ids.business,
    kind: 'portability',
    email,
  })
  const proof = fromLink(await openMailbox(url).letterTo(email, `request=${requestId}`), 'proof')
  const { accessToken } = await anyone.privacy.proveIdentity.mutate({ requestId, proof })
  const { privacy } = clientsOf(url, accessToken)
  const { manifest, publicKey, files } = await privacy.getPortabilityBundle.query({ requestId })
  const asAdmin = clientsOf(url, to.tokens.admin)
  for (const file of files) await asAdmin.privacy.importBundle.mutate({ manifest, publicKey, ...file })
}
