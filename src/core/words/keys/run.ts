export type RunKey = 'run.turns' | 'run.inTurns' | 'run.atLeast' | 'run.upTo';
