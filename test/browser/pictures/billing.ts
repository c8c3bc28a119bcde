import { choosePlan, payByCard } from '../acts/billing.ts'
import type { Scenery } from './scenery.ts'

/** The provider's page, then what it brings. */
export async function photographBilling({ people, camera, staff }: Scenery): Promise<void> {
  await choosePlan(staff, 'Team')
  await camera.take(staff, 'checkout')
  await payByCard(staff, people.owner.name)
  await staff.getByText('You are on the Team plan').waitFor()
  await staff.getByRole('list', { name: 'Invoices' }).getByRole('link').waitFor()
  await camera.take(staff, 'billing')
  await camera.take(staff, 'billing-dark', 'dark')
  await staff.getByRole('list', { name: 'Invoices' }).getByRole('link').click()
  await staff.getByRole('heading', { name: /^Invoice / }).waitFor()
  await camera.take(staff, 'invoice')
}
