import { clientsOf } from '../../story/clients.ts'
import { openOffice, recordBreach, recordDisclosure, setPeriod } from '../acts/compliance.ts'
import { mina } from './chat.ts'
import type { Page } from 'playwright-core'
import type { Scenery } from './scenery.ts'

/** What owners and admins look after: requests, the notice, retention, the registers and the audit log. */
export async function photographCompliance({ url, accessToken, camera, staff }: Scenery): Promise<void> {
  const { privacy } = clientsOf(url, accessToken)
  const asked = { email: mina.email, source: 'mail', documentChecked: true } as const
  const correction = { field: 'name', from: mina.name, to: 'Mina Obi' } as const
  await privacy.openRequestFor.mutate({ ...asked, kind: 'correction', correction })
  await privacy.openRequestFor.mutate({ ...asked, kind: 'portability' })

  await openOffice(staff, 'Breaches')
  await recordBreach(staff, 'A colleague left a laptop on the train to Hamburg.')
  await dismiss(staff)
  await camera.take(staff, 'breaches')
  await openOffice(staff, 'Disclosures')
  await recordDisclosure(staff, 'Police of Hamburg', mina.email)
  await staff.getByText('A colleague has to approve it').waitFor()
  await dismiss(staff)
  await camera.take(staff, 'disclosures')

  await openOffice(staff, 'Requests')
  await staff.getByRole('radio', { name: 'All' }).click()
  await staff.getByRole('list', { name: 'Requests' }).getByRole('link').nth(1).waitFor()
  await camera.take(staff, 'requests')
  await staff.getByRole('link', { name: /^Correction/ }).click()
  await staff.getByRole('heading', { name: 'Your decision' }).waitFor()
  await camera.take(staff, 'decision')

  await openOffice(staff, 'Notice')
  await setPeriod(staff, 'What was written in conversations', 6)
  await camera.take(staff, 'notice-editor')
  await staff.getByRole('button', { name: 'Save and look at the consequences' }).click()
  await staff.getByRole('heading', { name: 'The first night' }).waitFor()
  await camera.take(staff, 'notice-consequences')
  await openOffice(staff, 'Retention')
  await staff.getByText(/goe?s? until/).waitFor()
  await camera.take(staff, 'retention')
  await camera.take(staff, 'retention-dark', 'dark')

  await openOffice(staff, 'Audit log')
  await staff
    .getByRole('button', { name: /^Check entry/ })
    .first()
    .click()
  await staff.getByText('It stands in the log').waitFor()
  await camera.take(staff, 'audit-proof')
  await staff.keyboard.press('Escape')
  await openOffice(staff, 'Conformance')
  await camera.take(staff, 'conformance')
  await staff.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Privacy' }).click()
  await staff.getByRole('heading', { name: 'Needs you' }).waitFor()
  await camera.take(staff, 'privacy-office')
}

/** Takes away what says that something was done. */
async function dismiss(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await page.getByRole('button', { name: 'Dismiss' }).waitFor({ state: 'detached' })
}
