export type DurationKey = 'duration.seconds' | 'duration.minutes' | 'duration.hours' | 'duration.days';
