import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  dayIn,
  daysBetween,
  parseTimeZone,
  shiftToWorkday,
  timeAtHour,
} from '../../src/decision/days.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
];
const hourIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);

describe('nine in the morning somewhere', () => {
  it('is when clocks there show nine on that day, whatever the season', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 3_650 }), (zone, days) => {
        const day = new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
        const at = timeAtHour(day, 9, zone);
        expect(hourIn(zone, at)).toBe('09:00');
        expect(dayIn(zone, at)).toBe(day);
      }),
    );
  });

  it('is at the moments that people there know', () => {
    expect(timeAtHour('2026-11-26', 9, 'Asia/Tokyo')).toBe(Date.UTC(2026, 10, 26, 0));
    // The morning after the clocks went back.
    expect(timeAtHour('2026-10-25', 9, 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 8));
  });
});

describe('days', () => {
  it('are those of the calendar there', () => {
    expect(dayIn('Pacific/Auckland', Date.UTC(2026, 10, 23, 12))).toBe('2026-11-24');
    expect(dayIn('America/Los_Angeles', Date.UTC(2026, 10, 23, 3))).toBe('2026-11-22');
  });

  it('months later are the same day, or the last one of a shorter month', () => {
    expect(addMonths('2026-11-23', 6)).toBe('2027-05-23');
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
    expect(addMonths('2027-08-31', 6)).toBe('2028-02-29');
    expect(addMonths('2026-12-31', 1)).toBe('2027-01-31');
  });

  it('a weekend gives way to the Monday after', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(shiftToWorkday)).toEqual([
      '2026-11-20',
      '2026-11-23',
      '2026-11-23',
      '2026-11-23',
    ]);
  });

  it('between two are counted whole', () => {
    expect(daysBetween('2026-11-23', '2026-11-24')).toBe(1);
    expect(daysBetween('2026-11-23', '2026-11-22')).toBe(-1);
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });

  it('a zone that nobody knows is none', () => {
    expect(parseTimeZone('Europe/Berlin')).toBe('Europe/Berlin');
    expect(parseTimeZone('Mars/Olympus')).toBeNull();
    expect(parseTimeZone('')).toBeNull();
    expect(parseTimeZone(undefined)).toBeNull();
  });
});
