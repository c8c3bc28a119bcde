/** A value that a contract secret's key may have. */
export function exampleSecrets(secret: string, key: string): string {
  const service = secret.split('-')[0]
  const address = (role: string) => `postgres://${role}:example@postgres-rw:5432/candor_${service}`
  const values: Record<string, string> = {
    ADMIN_DATABASE_URL: 'postgres://postgres:example@postgres-rw:5432/postgres',
    BACKUP_DATABASE_URL: 'postgres://candor_backup:example@postgres-rw:5432/@DATABASE@',
    DATABASE_URL: address(`${service}_app`),
    MIGRATION_DATABASE_URL: address(`${service}_migrator`),
    NATS_SEED: 'SUEXAMPLE',
    PAYMENT_API_KEY: 'example',
    PAYMENT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24).toString('base64')}`,
    SEALING_KEY: Buffer.alloc(32).toString('base64'),
    SMTP_URL: 'smtps://candor:example@mail.example.com',
  }
  const value = values[key]
  if (!value) throw new Error(`no example for ${secret}/${key}`)
  return value
}
