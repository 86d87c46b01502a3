import { generate } from 'selfsigned';

/** Certificate and private key in one PEM, valid between two days. */
export async function certificate(from: Date, to: Date): Promise<{ pem: string; certificate: string }> {
  const made = await generate([{ name: 'commonName', value: 'tidytenant test' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: from,
    notAfterDate: to,
  });
  return { pem: `${made.private}\n${made.cert}`, certificate: made.cert };
}

export async function expiredCertificate(): Promise<string> {
  return (await certificate(new Date('2024-01-01T00:00:00Z'), new Date('2025-01-01T00:00:00Z'))).pem;
}
