import { parseArgs } from 'node:util';

export interface SandboxArguments {
  /** 0: any free port. */
  readonly port: number;
  readonly speed: number;
  readonly seed: number | undefined;
  readonly latencyMs: number;
  /** The server ends after so many minutes without a request; 0: never. */
  readonly idleExitMinutes: number;
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly args: SandboxArguments }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly problem: string };

const HELP = `A simulated QuantConnect cloud on 127.0.0.1.

  npm run sandbox -- [options]

  --port N           port to listen on; 0, the default, takes a free one
  --speed X          how many times faster than life agents work (default 1)
  --seed N           another organization: the same seed gives the same names, ids and transcripts
  --latency MS       added to every answer (default 0)
  --idle-exit MIN    end after that many minutes without a request (default 120; 0: never)
  --help

When ready it prints one line of JSON: {"url", "userId", "apiToken", "organizationId"}. SIGTERM or Ctrl+C ends it.
`;

/** Reads the arguments of the sandbox's command line. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  let values: Readonly<Record<string, string | boolean | undefined>>;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        speed: { type: 'string' },
        seed: { type: 'string' },
        latency: { type: 'string' },
        'idle-exit': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    return { kind: 'wrong', problem: error instanceof Error ? error.message : String(error) };
  }
  if (values['help']) return { kind: 'help', text: HELP };
  const problems: string[] = [];
  const number = (name: string, usual: number, fits: (value: number) => boolean, expected: string): number => {
    const given = values[name];
    if (given === undefined) return usual;
    const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : Number.NaN;
    if (!fits(value)) problems.push(`--${name} must be ${expected}, not “${String(given)}”.`);
    return value;
  };
  const args: SandboxArguments = {
    port: number(
      'port',
      0,
      (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
      'a port from 0 to 65535',
    ),
    speed: number('speed', 1, (value) => Number.isFinite(value) && value > 0, 'a number above 0'),
    seed: values['seed'] === undefined ? undefined : number('seed', 0, Number.isSafeInteger, 'a whole number'),
    latencyMs: number('latency', 0, (value) => Number.isFinite(value) && value >= 0, 'a number of milliseconds'),
    idleExitMinutes: number('idle-exit', 120, (value) => Number.isFinite(value) && value >= 0, 'a number of minutes'),
  };
  const [problem] = problems;
  return problem === undefined ? { kind: 'run', args } : { kind: 'wrong', problem };
}
