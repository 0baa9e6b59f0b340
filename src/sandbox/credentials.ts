/** The account of the simulated cloud. It is no secret, because it opens only the sandbox on this machine. */
export const SANDBOX_CREDENTIALS = {
  userId: '1000047',
  apiToken: '5a4d0b0c51ab0e5a2d0b0c5a4db0c5a2d0b0c5a4d0b0c51ab0e5a2d0b0c5a4db',
} as const;

/** A name that never resolves (RFC 2606). If a request ever misses the sandbox's adapter, it reaches nobody. */
export const SANDBOX_ORIGIN = 'https://sandbox.invalid';

export const SANDBOX_BASE_URL = `${SANDBOX_ORIGIN}/api/v2`;
