import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Terms and usage, checkouts, invoices with their numbers, and the notices that were taken. */
export const billingTables: NamedMigration = {
  name: '20261121T1010-billing-tables',
  up: async (db) => {
    await createTermsAndUsage(db)
    await createCheckouts(db)
    await createInvoices(db)
    await sql`
      create table payment_notices (
        provider text not null,
        notice_id text not null,
        type text not null,
        checkout_id uuid,
        outcome text not null check (outcome in ('applied', 'ignored', 'refused')),
        received_at timestamptz not null,
        primary key (provider, notice_id))`.execute(db)
  },
}

async function createTermsAndUsage(db: Kysely<any>): Promise<void> {
  await sql`
    create table terms (
      id uuid not null,
      tenant_id uuid not null,
      plan_id text not null,
      checkout_id uuid,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      cancelled_at timestamptz,
      voided_at timestamptz,
      primary key (tenant_id, id),
      unique (tenant_id, checkout_id))`.execute(db)
  await sql`create unique index terms_one_trial on terms (tenant_id) where plan_id = 'trial'`.execute(db)
  await protectTenantTable(db, 'terms')
  await sql`
    create table usage (
      tenant_id uuid not null,
      term_id uuid not null,
      conversations int not null default 0,
      messages int not null default 0,
      primary key (tenant_id, term_id),
      foreign key (tenant_id, term_id) references terms (tenant_id, id))`.execute(db)
  await protectTenantTable(db, 'usage')
}

/** A notice names a checkout by id before anything tells whose it is, hence the key and the lookup without tenant. */
async function createCheckouts(db: Kysely<any>): Promise<void> {
  await sql`
    create table checkouts (
      id uuid primary key,
      tenant_id uuid not null,
      provider text not null,
      plan_id text not null,
      buyer_user_id uuid,
      buyer_company text,
      buyer_street text,
      buyer_postal_code text,
      buyer_city text,
      buyer_country text,
      buyer_vat_id text,
      currency text not null,
      net_minor int not null,
      tax_rate_basis_points int not null,
      tax_minor int not null,
      gross_minor int not null,
      tax_note text,
      started_at timestamptz not null,
      session_id text,
      payment_id text,
      failed_at timestamptz,
      paid_at timestamptz,
      refunded_minor int not null default 0,
      check (gross_minor = net_minor + tax_minor and refunded_minor between 0 and gross_minor))`.execute(db)
  await sql`create index checkouts_started on checkouts (tenant_id, started_at)`.execute(db)
  await protectTenantTable(db, 'checkouts', { lookup: 'id' })
}

/** Numbers are the seller's, whichever tenant buys: their constraint spans tenants, and a counter row keeps it met. */
async function createInvoices(db: Kysely<any>): Promise<void> {
  await sql`
    create table invoices (
      id uuid not null,
      tenant_id uuid not null,
      checkout_id uuid not null,
      kind text not null check (kind in ('invoice', 'credit-note')),
      number text not null,
      corrects_number text,
      issued_at timestamptz not null,
      supplied_from timestamptz not null,
      supplied_to timestamptz not null,
      seller_name text not null,
      seller_address text not null,
      seller_vat_id text not null,
      buyer_user_id uuid,
      buyer_company text not null,
      buyer_street text not null,
      buyer_postal_code text not null,
      buyer_city text not null,
      buyer_country text not null,
      buyer_vat_id text,
      description text not null,
      currency text not null,
      net_minor int not null,
      tax_rate_basis_points int not null,
      tax_minor int not null,
      gross_minor int not null,
      tax_note text,
      status text not null check (status in ('paid', 'refunded')),
      primary key (tenant_id, id),
      unique (seller_vat_id, number),
      check (gross_minor = net_minor + tax_minor))`.execute(db)
  await sql`create unique index invoices_one_a_checkout on invoices (tenant_id, checkout_id) where kind = 'invoice'`.execute(
    db,
  )
  await sql`create index invoices_checkout on invoices (tenant_id, checkout_id)`.execute(db)
  await protectTenantTable(db, 'invoices')
  await sql`
    create table invoice_numbers (
      seller_vat_id text not null,
      year int not null,
      last_number int not null,
      primary key (seller_vat_id, year))`.execute(db)
}
