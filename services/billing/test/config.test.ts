import { readConfig } from '@candor/runtime/config'
import { expect, test } from 'vitest'
import { Config } from '../src/config.ts'

const environment = {
  DATABASE_URL: 'postgres://billing_app:x@127.0.0.1/candor_billing',
  NATS_URL: 'nats://127.0.0.1:4222',
  NATS_SEED: 'SUABC',
  HTTP_PORT: '8003',
  OPERATIONS_PORT: '9003',
  PUBLIC_URL: 'http://localhost:8080/',
  PAYMENT_API_URL: 'http://localhost:9100/',
  PAYMENT_API_KEY: 'key',
  PAYMENT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
}

test('a local environment needs no seller', () => {
  expect(readConfig(Config, environment)).toMatchObject({
    PAYMENT_API_URL: 'http://localhost:9100',
    SELLER_COUNTRY: 'DE',
    SELLER_NAME: expect.any(String),
  })
})

test('production refuses to issue invoices in the name of the demo seller', () => {
  expect(() => readConfig(Config, { ...environment, NODE_ENV: 'production' })).toThrow('SELLER_VAT_ID')
  const real = { NODE_ENV: 'production', SELLER_VAT_ID: 'FR12345678901', SELLER_COUNTRY: 'FR' }
  expect(readConfig(Config, { ...environment, ...real }).SELLER_COUNTRY).toBe('FR')
})

test('all that is wrong is said at once, and no secret with it', () => {
  const wrong = {
    ...environment,
    PAYMENT_WEBHOOK_SECRET: 'whsec_c2hvcnQ=',
    SELLER_COUNTRY: 'CH',
    PAYMENT_API_URL: 'x',
  }
  expect(() => readConfig(Config, wrong)).toThrow(
    /PAYMENT_API_URL[^]*PAYMENT_WEBHOOK_SECRET[^]*SELLER_COUNTRY/,
  )
  expect(() => readConfig(Config, wrong)).not.toThrow('c2hvcnQ')
})
